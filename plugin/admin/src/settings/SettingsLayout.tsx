import { Box } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { styled } from 'styled-components';

/** From this width of the window on, the preview has room beside the options. */
const BESIDE_FROM = '1280px';

/** Strapi's header, once the page is scrolled, with some room below it. */
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

/** Panels ask for its width, not the window's: it has half of that, or all. */
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
  /** What stays in view while the options are gone through; where there is no room, it follows. */
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
