import { Th, Typography, VisuallyHidden } from '@strapi/design-system';
import type { ComponentProps } from 'react';

interface ColumnHeaderProps extends Omit<ComponentProps<typeof Th>, 'children'> {
  label: string;
  /** Leaves the label to screen readers. */
  isHidden?: boolean;
}

/** A column header that only names its column. */
export function ColumnHeader({ label, isHidden = false, ...cell }: ColumnHeaderProps) {
  const text = (
    <Typography variant="sigma" textColor="neutral600">
      {label}
    </Typography>
  );
  return (
    <Th {...cell} role="columnheader">
      {isHidden ? <VisuallyHidden>{text}</VisuallyHidden> : text}
    </Th>
  );
}
