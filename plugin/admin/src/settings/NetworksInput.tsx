import { Textarea } from '@strapi/design-system';
import { useState } from 'react';

interface NetworksInputProps {
  /** The first value; later ones do not change the typed text. */
  networks: readonly string[];
  onChange: (networks: readonly string[]) => void;
}

/** An input for a list of networks: one on each line. */
export function NetworksInput({ networks, onChange }: NetworksInputProps) {
  const [text, setText] = useState(() => networks.join('\n'));

  const changeText = (typed: string) => {
    setText(typed);
    onChange(networksIn(typed));
  };

  return (
    <Textarea
      spellCheck={false}
      autoCapitalize="none"
      minHeight="8rem"
      value={text}
      onChange={(event: { target: { value: string } }) => changeText(event.target.value)}
    />
  );
}

/** Reads typed text as a list; a comma separates networks as a line break does. */
function networksIn(text: string): readonly string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
