import { Flex, Th, Typography } from '@strapi/design-system';
import { CaretDown, CaretUp } from '@strapi/icons';
import type { ComponentProps } from 'react';

import { useTranslate } from '../../wording/useTranslate';
import type { SortOrder } from '../../data/listQuery';

type CellProps = Omit<ComponentProps<typeof Th>, 'children' | 'order'>;

interface SortableColumnHeaderProps extends CellProps {
  label: string;
  /** The current direction; `null` while another column sorts the list. */
  order: SortOrder | null;
  onSort: () => void;
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

/** A column header that sorts the list; the arrow shows the current direction. */
export function SortableColumnHeader({ label, order, onSort, ...cell }: SortableColumnHeaderProps) {
  const t = useTranslate();
  return (
    <Th {...cell} role="columnheader" aria-sort={order === null ? 'none' : ARIA_SORT[order]}>
      <Flex
        tag="button"
        type="button"
        gap={1}
        color="neutral600"
        cursor="pointer"
        title={t('table.sort', { column: label })}
        onClick={onSort}
      >
        <Typography variant="sigma">{label}</Typography>
        {order === 'asc' && <CaretUp aria-hidden width="1rem" height="1rem" />}
        {order === 'desc' && <CaretDown aria-hidden width="1rem" height="1rem" />}
      </Flex>
    </Th>
  );
}
