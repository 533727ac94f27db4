import { Box, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useState } from 'react';

import { useTranslate } from '../wording/useTranslate';
import { DURATION_UNITS, msFrom, UNIT_MS, unitOf } from '../wording/duration';
import { UNIT_NAMES } from '../wording/optionTexts';

interface DurationInputProps {
  /** Name of the option, for the unit's label. */
  label: string;
  /** The first value, in milliseconds; later ones do not change the typed text. */
  ms: number;
  onChange: (ms: number) => void;
}

/** An input for a duration: a number and its unit. */
export function DurationInput({ label, ms, onChange }: DurationInputProps) {
  const t = useTranslate();
  const [unit, setUnit] = useState(() => unitOf(ms));
  const [text, setText] = useState(() => String(ms / UNIT_MS[unit]));

  const changeText = (typed: string) => {
    setText(typed);
    onChange(msFrom(typed, unit));
  };

  const changeUnit = (chosen: string | number) => {
    const next = DURATION_UNITS.find((known) => known === chosen) ?? unit;
    setUnit(next);
    onChange(msFrom(text, next));
  };

  return (
    <Flex gap={2} alignItems="stretch">
      <Box flex="1 1 10rem" minWidth="8rem">
        <Field.Input
          type="number"
          step="any"
          inputMode="decimal"
          value={text}
          onChange={(event) => changeText(event.target.value)}
        />
      </Box>
      <Box flex="1 1 14rem" minWidth="12rem">
        {/* A field of its own: within the option's field it would get the option's label. */}
        <Field.Root>
          <SingleSelect
            aria-label={t('settings.unitOf', { option: label })}
            value={unit}
            onChange={changeUnit}
          >
            {DURATION_UNITS.map((known) => (
              <SingleSelectOption key={known} value={known}>
                {t(UNIT_NAMES[known])}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
      </Box>
    </Flex>
  );
}
