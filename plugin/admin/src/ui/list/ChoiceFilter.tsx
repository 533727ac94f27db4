import { SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { useTranslate } from '../../wording/useTranslate';
import type { TranslationKey } from '../../wording/translationId';

const ALL = 'all';

interface ChoiceFilterProps<Choice extends string> {
  /** The name of the filter, and of the choice of everything. */
  label: TranslationKey;
  all: TranslationKey;
  choices: readonly Choice[];
  names: Record<Choice, TranslationKey>;
  /** `null` for everything. */
  choice: Choice | null;
  onChange: (choice: Choice | null) => void;
}

/** Filters a list by one of several values. */
export function ChoiceFilter<Choice extends string>({
  label,
  all,
  choices,
  names,
  choice,
  onChange,
}: ChoiceFilterProps<Choice>) {
  const t = useTranslate();
  return (
    <SingleSelect
      size="S"
      aria-label={t(label)}
      value={choice ?? ALL}
      onChange={(value) => onChange(choices.find((known) => known === value) ?? null)}
    >
      <SingleSelectOption value={ALL}>{t(all)}</SingleSelectOption>
      {choices.map((known) => (
        <SingleSelectOption key={known} value={known}>
          {t(names[known])}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}
