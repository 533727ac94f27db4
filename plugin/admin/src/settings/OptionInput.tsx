import { SingleSelect, SingleSelectOption, Toggle } from '@strapi/design-system';

import type { SettingValue, SettingView } from '../../../shared/contracts';
import { useOptionLabels } from '../wording/useOptionLabels';
import { useTranslate } from '../wording/useTranslate';
import { CountInput } from './CountInput';
import { DurationInput } from './DurationInput';
import { NetworksInput } from './NetworksInput';
import { TimeoutInput } from './TimeoutInput';

/** The suggested limit of an option whose default is no limit. */
const SUGGESTED_LIMIT = 5;

interface OptionInputProps {
  option: SettingView;
  value: SettingValue;
  onChange: (value: SettingValue) => void;
}

/** The input for the kind of an option. */
export function OptionInput({ option, value, onChange }: OptionInputProps) {
  const t = useTranslate();
  const { nameOf, choiceOf, valueOf } = useOptionLabels();

  if (typeof value === 'boolean') {
    return (
      <Toggle
        onLabel={t('settings.on')}
        offLabel={t('settings.off')}
        checked={value}
        onChange={(event) => onChange(event.target.checked)}
      />
    );
  }
  const [word] = option.choices ?? [];
  if (option.kind === 'number' && word !== undefined && typeof value !== 'object') {
    return (
      <TimeoutInput
        label={nameOf(option)}
        value={value}
        suggestion={Number(option.default)}
        word={word}
        wordLabel={choiceOf(word)}
        onChange={onChange}
      />
    );
  }
  if (typeof value === 'string') {
    return (
      <SingleSelect value={value} onChange={(chosen) => onChange(String(chosen))}>
        {(option.choices ?? []).map((choice) => (
          <SingleSelectOption key={choice} value={choice}>
            {choiceOf(choice)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    );
  }
  if (typeof value === 'object') {
    return <NetworksInput networks={value} onChange={onChange} />;
  }
  if (option.unit === 'ms') {
    return <DurationInput label={nameOf(option)} ms={value} onChange={onChange} />;
  }
  const fallback = typeof option.default === 'number' ? option.default : SUGGESTED_LIMIT;
  return (
    <CountInput
      label={nameOf(option)}
      value={value}
      suggestion={fallback > 0 ? fallback : SUGGESTED_LIMIT}
      unlimitedLabel={option.min === -1 ? valueOf(option, -1) : null}
      onChange={onChange}
    />
  );
}
