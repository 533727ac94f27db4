import { Flex, Typography, VisuallyHidden } from '@strapi/design-system';

import type { DeviceType, SessionView } from '../../../../shared/contracts';
import { useSessionLabels } from '../../wording/useSessionLabels';
import { useTranslate } from '../../wording/useTranslate';
import type { TranslationKey } from '../../wording/translationId';
import { DeviceIcon } from './DeviceIcon';
import { AddressText } from '../../ui/AddressText';
import { TwoLines } from '../../ui/TwoLines';

const TYPE_NAMES: Record<DeviceType, TranslationKey> = {
  desktop: 'device.desktop',
  mobile: 'device.mobile',
  tablet: 'device.tablet',
  other: 'device.other',
};

/** The device, IP address and network of a session; the user agent appears on hover. */
export function DeviceLabel({ session }: { session: SessionView }) {
  const t = useTranslate();
  const { deviceName } = useSessionLabels();
  const { device, ip, location, userAgent } = session;
  return (
    <Flex gap={3} color="neutral600" title={userAgent ?? undefined}>
      <DeviceIcon type={device.type} />
      <VisuallyHidden>{t(TYPE_NAMES[device.type])}</VisuallyHidden>
      <TwoLines
        main={<Typography textColor="neutral800">{deviceName(device)}</Typography>}
        detail={ip !== null && <AddressText ip={ip} location={location} />}
      />
    </Flex>
  );
}
