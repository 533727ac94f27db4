import { Box } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { styled } from 'styled-components';

/** The least width of the window for two columns. */
const BESIDE_FROM = '1280px';

/** The height of Strapi's header on a scrolled page, with some room below it. */
const BELOW_HEADER = '8rem';

const Columns = styled(Box)`
  display: grid;
  gap: ${({ theme }) => theme.spaces[6]};
  grid-template-columns: minmax(0, 1fr);
  align-items: start;

  @media (min-width: ${BESIDE_FROM}) {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }
`;

/** Panels query the width of this column instead of the window's. */
const Options = styled(Box)`
  container-type: inline-size;
`;

const Beside = styled(Box)`
  @media (min-width: ${BESIDE_FROM}) {
    position: sticky;
    top: ${BELOW_HEADER};
    max-height: calc(100vh - ${BELOW_HEADER} - ${({ theme }) => theme.spaces[6]});
    overflow-y: auto;
  }
`;

interface SettingsLayoutProps {
  /** Stays in view beside the options; on a narrow window it follows them. */
  beside: ReactNode;
  children: ReactNode;
}

/** The two columns of the settings page. */
export function SettingsLayout({ beside, children }: SettingsLayoutProps) {
  return (
    <Columns>
      <Options>{children}</Options>
      <Beside>{beside}</Beside>
    </Columns>
  );
}
