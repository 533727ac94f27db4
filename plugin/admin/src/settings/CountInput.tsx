import { Checkbox, Field, Flex } from '@strapi/design-system';
import { useState } from 'react';

import { numberFrom } from '../wording/duration';

const UNLIMITED = -1;

interface CountInputProps {
  /** The name of the option. */
  label: string;
  /** The first value; -1 for no limit. */
  value: number;
  /** The number that a new limit begins with. */
  suggestion: number;
  /** The name of "no limit"; `null` if the option needs a limit. */
  unlimitedLabel: string | null;
  onChange: (value: number) => void;
}

/** An input for a limit: a number, or no limit. */
export function CountInput({
  label,
  value,
  suggestion,
  unlimitedLabel,
  onChange,
}: CountInputProps) {
  const [isUnlimited, setIsUnlimited] = useState(value === UNLIMITED);
  const [text, setText] = useState(() => String(value === UNLIMITED ? suggestion : value));

  const changeText = (typed: string) => {
    setText(typed);
    onChange(numberFrom(typed));
  };

  const changeLimit = (unlimited: boolean) => {
    setIsUnlimited(unlimited);
    onChange(unlimited ? UNLIMITED : numberFrom(text));
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Field.Input
        type="number"
        step={1}
        inputMode="numeric"
        disabled={isUnlimited}
        placeholder={isUnlimited ? (unlimitedLabel ?? undefined) : undefined}
        value={isUnlimited ? '' : text}
        onChange={(event) => changeText(event.target.value)}
      />
      {unlimitedLabel !== null && (
        <Checkbox
          // Several options name "no limit" alike.
          aria-label={`${label}: ${unlimitedLabel}`}
          checked={isUnlimited}
          onCheckedChange={(checked) => changeLimit(checked === true)}
        >
          {unlimitedLabel}
        </Checkbox>
      )}
    </Flex>
  );
}
