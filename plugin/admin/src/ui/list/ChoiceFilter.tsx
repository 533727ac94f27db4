import { SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { useTranslate } from '../../wording/useTranslate';
import type { TranslationKey } from '../../wording/translationId';

const ALL = 'all';

interface ChoiceFilterProps<Choice extends string> {
  /** What is chosen here, and what stands for all of it. */
  label: TranslationKey;
  all: TranslationKey;
  choices: readonly Choice[];
  names: Record<Choice, TranslationKey>;
  /** What is shown, or `null` for all. */
  choice: Choice | null;
  onChange: (choice: Choice | null) => void;
}

/** Narrows a list to one of several kinds, or to none. */
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
