import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';

import { PERMISSIONS } from '../permissions';
import { Panel } from '../ui/Panel';
import { useFormatNearDate } from '../wording/useFormatNearDate';
import { useTranslate } from '../wording/useTranslate';
import { useAddressLocks, useLiftAddress } from './useAddressLocks';

/** The addresses that are locked after failed logins, with a button to lift each; nothing without. */
export function AddressLocksPanel() {
  const t = useTranslate();
  const { allowedActions } = useRBAC(PERMISSIONS.block);
  const { state, edit } = useAddressLocks();
  const liftAddress = useLiftAddress();
  const momentOf = useFormatNearDate();
  const locks = state.data ?? [];
  if (locks.length === 0) {
    return null;
  }

  const lift = async (ip: string) => {
    if (await liftAddress(ip)) {
      edit((listed) => listed.filter((lock) => lock.ip !== ip));
    }
  };

  return (
    <Box paddingTop={6}>
      <Panel title={t('locks.addresses')} subtitle={t('locks.addressesSubtitle')}>
        <Flex
          tag="ul"
          direction="column"
          alignItems="stretch"
          gap={3}
          aria-label={t('locks.addresses')}
        >
          {locks.map(({ ip, until }) => (
            <Flex tag="li" key={ip} justifyContent="space-between" gap={4} wrap="wrap">
              <Typography fontWeight="bold" textColor="neutral800">
                {ip}
              </Typography>
              <Flex gap={4} wrap="wrap">
                <Typography textColor="neutral600">
                  {t('locks.until', { moment: momentOf(Date.parse(until)) })}
                </Typography>
                {allowedActions.canBlock === true && (
                  <Button
                    variant="tertiary"
                    size="S"
                    aria-label={t('locks.liftLabel', { user: ip })}
                    onClick={() => void lift(ip)}
                  >
                    {t('locks.lift')}
                  </Button>
                )}
              </Flex>
            </Flex>
          ))}
        </Flex>
      </Panel>
    </Box>
  );
}
