import { useMemo } from 'react';
import { useIntl } from 'react-intl';

import type { ChangedSetting, SettingValue, SettingView } from '../../../shared/contracts';
import { UNIT_MS } from './duration';
import { CHOICE_NAMES, isDescribed, OPTION_UNITS } from './optionTexts';
import { useFormatDuration } from './useFormatDuration';
import { useTranslate } from './useTranslate';

/** The texts of options and their values. */
export interface OptionLabels {
  /** The option's name; its name in the configuration without a translation. */
  nameOf: (option: Pick<SettingView, 'name'>) => string;
  /** The option's description; in English without a translation. */
  descriptionOf: (option: SettingView) => string;
  /** A value with its unit: `15 minutes`, `No limit`, `On`, `10.0.0.0/8`. */
  valueOf: (option: Pick<SettingView, 'unit'>, value: SettingValue | null) => string;
  /**
   * A changed option with its values before and after, or with its new value alone; `null` for a
   * reset one.
   */
  settingOf: (name: string, change: ChangedSetting | SettingValue | null) => string;
  choiceOf: (choice: string) => string;
}

/** Gives the texts of options in the administrator's language. */
export function useOptionLabels(): OptionLabels {
  const t = useTranslate();
  const { formatNumber } = useIntl();
  const duration = useFormatDuration();
  return useMemo(() => {
    const choiceOf = (choice: string): string => {
      const key = CHOICE_NAMES.get(choice);
      return key === undefined ? choice : t(key);
    };

    const quantity = (unit: SettingView['unit'], value: number): string => {
      switch (unit) {
        case 'ms':
          return duration(value);
        case 'days':
          return value === -1 ? t('settings.forever') : duration(value * UNIT_MS.day);
        case 'sessions':
          return value === -1 ? t('settings.noLimit') : t('page.count', { count: value });
        case 'failures':
          return t('settings.failures', { count: value });
        case 'failures/day':
          return t('settings.failuresPerDay', { count: value });
        case null:
          return formatNumber(value);
      }
    };

    const nameOf: OptionLabels['nameOf'] = ({ name }) =>
      isDescribed(name) ? t(`option.${name}.name`) : name;

    const valueOf: OptionLabels['valueOf'] = ({ unit }, value) => {
      if (value === null) return '–';
      switch (typeof value) {
        case 'number':
          return quantity(unit, value);
        case 'boolean':
          return t(value ? 'settings.on' : 'settings.off');
        case 'string':
          return choiceOf(value);
        case 'object':
          return value.length === 0 ? t('settings.none') : value.join(', ');
      }
    };

    return {
      choiceOf,
      nameOf,
      valueOf,
      settingOf: (name, change) => {
        const option = nameOf({ name });
        const inWords = (value: SettingValue): string =>
          valueOf({ unit: OPTION_UNITS.get(name) ?? null }, value);
        if (change === null) return t('settings.resetDone', { option });
        if (!isChangedSetting(change))
          return t('settings.setTo', { option, value: inWords(change) });
        const { from, to, reset } = change;
        const values = { option, from: inWords(from), to: inWords(to) };
        return t(reset ? 'settings.resetFromTo' : 'settings.setFromTo', values);
      },
      descriptionOf: ({ name, description }) =>
        isDescribed(name) ? t(`option.${name}.description`) : description,
    };
  }, [duration, formatNumber, t]);
}

function isChangedSetting(change: ChangedSetting | SettingValue): change is ChangedSetting {
  return typeof change === 'object' && 'to' in change;
}
