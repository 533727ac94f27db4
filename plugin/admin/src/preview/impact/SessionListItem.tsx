import { Box, Flex, Typography } from '@strapi/design-system';

import type { SessionView } from '../../../../shared/contracts';
import { useSessionLabels } from '../../wording/useSessionLabels';
import { RelativeTime } from '../../ui/RelativeTime';
import { StateBadge } from '../../sessions/labels/StateBadge';

/** A session as an entry of a short list: whose, on what, and when it was last seen. */
export function SessionListItem({ session }: { session: SessionView }) {
  const { userName, deviceName } = useSessionLabels();
  return (
    <Flex
      tag="li"
      justifyContent="space-between"
      gap={3}
      paddingTop={3}
      paddingBottom={3}
      borderStyle="solid"
      borderWidth="0 0 1px 0"
      borderColor="neutral150"
    >
      <Box minWidth={0} flex="1">
        <Typography tag="p" ellipsis fontWeight="bold" textColor="neutral800">
          {userName(session)}
        </Typography>
        <Typography tag="p" ellipsis variant="pi" textColor="neutral600">
          {deviceName(session.device)}
        </Typography>
      </Box>
      <Flex direction="column" alignItems="flex-end" gap={1} flex="none">
        <StateBadge state={session.state} />
        <RelativeTime variant="pi" textColor="neutral600" moment={session.lastSeenAt} />
      </Flex>
    </Flex>
  );
}
