import { Typography } from '@strapi/design-system';

/** The title of a part of a panel. */
export function SectionTitle({ children }: { children: string }) {
  return (
    <Typography variant="sigma" tag="h3" textColor="neutral600">
      {children}
    </Typography>
  );
}
