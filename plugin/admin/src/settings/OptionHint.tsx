import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import type { SettingValue, SettingView } from '../../../shared/contracts';
import { useOptionLabels } from '../wording/useOptionLabels';
import { useTranslate } from '../wording/useTranslate';

interface OptionHintProps {
  option: SettingView;
  /** The value in the form; `NaN` if the typed text is no number. */
  value: SettingValue;
}

/** An option's default, its bounds, and how to enter its value. */
export function OptionHint({ option, value }: OptionHintProps) {
  const t = useTranslate();
  const { formatNumber } = useIntl();
  const { valueOf } = useOptionLabels();
  const { min, max, unit } = option;

  const range = () => {
    if (min === null || max === null) {
      return null;
    }
    const largest = valueOf(option, max);
    if (min === -1) {
      return t('settings.atMost', { max: largest });
    }
    // Durations may have two units; other numbers need theirs only once.
    const smallest = unit === 'ms' ? valueOf(option, min) : formatNumber(min);
    return t('settings.between', { min: smallest, max: largest });
  };

  const exact =
    unit === 'ms' && typeof value === 'number' && Number.isFinite(value)
      ? t('settings.exactly', { ms: formatNumber(value) })
      : null;
  const facts = [
    t('settings.default', { value: valueOf(option, option.default) }),
    range(),
    exact,
    option.kind === 'networks' ? t('settings.networksHint') : null,
  ].filter((fact) => fact !== null);
  return (
    <Typography variant="pi" textColor="neutral600">
      {facts.join(' · ')}
    </Typography>
  );
}
