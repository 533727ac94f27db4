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

/** An option's default, its bounds and, for a duration, its exact milliseconds. */
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
    return min === -1
      ? t('settings.atMost', { max: largest })
      : t('settings.between', { min: valueOf(option, min), max: largest });
  };

  const exact =
    unit === 'ms' && typeof value === 'number' && Number.isFinite(value)
      ? t('settings.exactly', { ms: formatNumber(value) })
      : null;
  const facts = [
    t('settings.default', { value: valueOf(option, option.default) }),
    range(),
    exact,
  ].filter((fact) => fact !== null);
  return (
    <Typography variant="pi" textColor="neutral600">
      {facts.join(' · ')}
    </Typography>
  );
}
