import { Flex } from '@strapi/design-system';
import type { ReactNode } from 'react';

interface TwoLinesProps {
  main: ReactNode;
  /** What stands below in small print; nothing leaves the main line alone. */
  detail?: ReactNode;
}

/** A table cell's content in two lines: the fact, and what belongs to it. */
export function TwoLines({ main, detail }: TwoLinesProps) {
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      {main}
      {detail}
    </Flex>
  );
}
