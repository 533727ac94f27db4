import { Typography } from '@strapi/design-system';

import type { LocationView } from '../../../shared/contracts';
import { useLocationLabel } from '../wording/useLocationLabel';

interface AddressTextProps {
  ip: string;
  location: LocationView | null;
}

/** An IP address in small print, with the country and the kind of its network. */
export function AddressText({ ip, location }: AddressTextProps) {
  const locationLabel = useLocationLabel();
  const label = locationLabel(location);
  return (
    <Typography variant="pi" textColor="neutral600">
      {label === null ? ip : `${ip} · ${label}`}
    </Typography>
  );
}
