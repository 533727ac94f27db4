import { Checkbox, Field, Flex } from '@strapi/design-system';
import { useState } from 'react';

import { numberFrom } from '../wording/duration';

const UNLIMITED = -1;

interface CountInputProps {
  /** The name of what is counted. */
  label: string;
  /** The value to begin with; -1 for no limit. */
  value: number;
  /** What to offer once a limit is wanted. */
  suggestion: number;
  /** What lifting the limit is called; `null` where it cannot be lifted. */
  unlimitedLabel: string | null;
  onChange: (value: number) => void;
}

/** A number, or none where the limit can be lifted. */
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
          // Several options can be lifted in the same words.
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
