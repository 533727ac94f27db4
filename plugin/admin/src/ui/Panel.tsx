import { Box, Divider, Flex, Typography } from '@strapi/design-system';
import { Children, Fragment, type ReactNode } from 'react';

interface PanelProps {
  title: string;
  subtitle?: string;
  /** The parts of the panel, with a line between each two. */
  children: ReactNode;
}

/** A titled box of a settings page. */
export function Panel({ title, subtitle, children }: PanelProps) {
  return (
    <Box
      tag="section"
      background="neutral0"
      hasRadius
      shadow="filterShadow"
      padding={{ initial: 4, medium: 6 }}
    >
      <Typography variant="delta" tag="h2">
        {title}
      </Typography>
      {subtitle !== undefined && (
        <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1}>
          {subtitle}
        </Typography>
      )}
      <Flex direction="column" alignItems="stretch" gap={5} paddingTop={4}>
        {Children.toArray(children).map((part, index) => (
          <Fragment key={index}>
            {index > 0 && <Divider />}
            {part}
          </Fragment>
        ))}
      </Flex>
    </Box>
  );
}
