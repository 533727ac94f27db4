import { Checkbox, Flex } from '@strapi/design-system';
import { useState } from 'react';

import { DurationInput } from './DurationInput';

interface TimeoutInputProps {
  /** The name of the option. */
  label: string;
  /** The first value: milliseconds, or the word. */
  value: number | string;
  /** The milliseconds that a new duration begins with. */
  suggestion: number;
  /** The word that the option takes in place of a duration. */
  word: string;
  wordLabel: string;
  onChange: (value: number | string) => void;
}

/** An input for a timeout: a duration, or a word in place of one. */
export function TimeoutInput({
  label,
  value,
  suggestion,
  word,
  wordLabel,
  onChange,
}: TimeoutInputProps) {
  const [isWord, setIsWord] = useState(value === word);
  const [ms, setMs] = useState(typeof value === 'number' ? value : suggestion);

  const changeDuration = (typed: number) => {
    setMs(typed);
    onChange(typed);
  };

  const changeKind = (chosen: boolean) => {
    setIsWord(chosen);
    onChange(chosen ? word : ms);
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {!isWord && <DurationInput label={label} ms={ms} onChange={changeDuration} />}
      <Checkbox
        aria-label={`${label}: ${wordLabel}`}
        checked={isWord}
        onCheckedChange={(checked) => changeKind(checked === true)}
      >
        {wordLabel}
      </Checkbox>
    </Flex>
  );
}
