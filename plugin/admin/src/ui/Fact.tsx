import { Grid, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';

interface FactProps {
  name: string;
  children: ReactNode;
  /** Takes the whole width, for long text. */
  isWide?: boolean;
}

/** One named fact of a list of facts. */
export function Fact({ name, children, isWide = false }: FactProps) {
  return (
    <Grid.Item col={isWide ? 12 : 6} s={12} xs={12} direction="column" alignItems="stretch" gap={1}>
      <Typography tag="dt" variant="sigma" textColor="neutral600">
        {name}
      </Typography>
      <Typography tag="dd" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Typography>
    </Grid.Item>
  );
}
