import { Box, Flex, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { styled } from 'styled-components';

const Columns = styled(Box)`
  display: grid;
  gap: ${({ theme }) => theme.spaces[1]} ${({ theme }) => theme.spaces[6]};

  @container (min-width: 460px) {
    grid-template-columns: 16rem minmax(0, 1fr);
  }
`;

interface StatusRowProps {
  name: string;
  /** A second line, in small print. */
  detail?: ReactNode;
  /** Whether the fact needs attention. */
  isWarning?: boolean;
  /** A button at the end of the row. */
  action?: ReactNode;
  children: ReactNode;
}

/** One fact of the status, as an entry of a description list. */
export function StatusRow({ name, detail, isWarning = false, action, children }: StatusRowProps) {
  return (
    <Columns>
      <Typography tag="dt" textColor="neutral600">
        {name}
      </Typography>
      <Flex tag="dd" justifyContent="space-between" alignItems="flex-start" gap={3} wrap="wrap">
        <Box minWidth={0}>
          <Typography tag="p" fontWeight="bold" textColor={isWarning ? 'danger600' : 'neutral800'}>
            {children}
          </Typography>
          {detail !== undefined && (
            <Typography tag="p" variant="pi" textColor="neutral600">
              {detail}
            </Typography>
          )}
        </Box>
        {action}
      </Flex>
    </Columns>
  );
}
