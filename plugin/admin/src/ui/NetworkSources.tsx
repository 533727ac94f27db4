import { Box, Link, Typography } from '@strapi/design-system';

import type { LocationView } from '../../../shared/contracts';
import { useTranslate } from '../wording/useTranslate';

interface NetworkSourcesProps {
  /** The locations that are shown; nothing is told where there is none. */
  locations: readonly (LocationView | null)[];
}

/** Tells where countries and kinds of networks come from, as the licences of the data ask. */
export function NetworkSources({ locations }: NetworkSourcesProps) {
  const t = useTranslate();
  if (locations.every((location) => location === null)) {
    return null;
  }
  return (
    <Box paddingTop={4}>
      <Typography tag="p" variant="pi" textColor="neutral600">
        {t('network.sources')}{' '}
        <Link href="https://db-ip.com" isExternal>
          IP Geolocation by DB-IP
        </Link>
      </Typography>
    </Box>
  );
}
