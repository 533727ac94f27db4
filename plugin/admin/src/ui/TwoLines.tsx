import { Flex } from '@strapi/design-system';
import type { ReactNode } from 'react';

interface TwoLinesProps {
  main: ReactNode;
  /** The second line, in small print; optional. */
  detail?: ReactNode;
}

/** The content of a table cell in two lines: a fact and its detail. */
export function TwoLines({ main, detail }: TwoLinesProps) {
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      {main}
      {detail}
    </Flex>
  );
}
