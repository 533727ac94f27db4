import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import { useState } from 'react';

import type { SessionView } from '../../../shared/contracts';
import { useSessionLabels } from '../wording/useSessionLabels';
import { useTerminateSession } from '../sessions/termination/useTerminateSession';
import { useTranslate } from '../wording/useTranslate';
import { terminateButtonId } from '../sessions/focusTargets';
import { RelativeTime } from '../ui/RelativeTime';
import { StateBadge } from '../sessions/labels/StateBadge';
import { TerminateDialog } from '../sessions/termination/TerminateDialog';

interface UserSessionItemProps {
  session: SessionView;
  canTerminate: boolean;
  onTerminated: () => void;
}

/** One session in the narrow panel beside a user. */
export function UserSessionItem({ session, canTerminate, onTerminated }: UserSessionItemProps) {
  const t = useTranslate();
  const { userName, deviceName } = useSessionLabels();
  const terminate = useTerminateSession();
  const [isAsking, setIsAsking] = useState(false);
  const device = deviceName(session.device);

  const confirm = async () => {
    const outcome = await terminate(session);
    if (outcome.type !== 'failed') {
      setIsAsking(false);
      onTerminated();
    }
  };

  return (
    <Flex tag="li" direction="column" alignItems="stretch" gap={1} paddingTop={2} paddingBottom={3}>
      <Typography ellipsis fontWeight="bold" textColor="neutral800" title={device}>
        {device}
      </Typography>
      <Flex gap={2} wrap="wrap">
        <StateBadge state={session.state} />
        <RelativeTime variant="pi" textColor="neutral600" moment={session.lastSeenAt} />
      </Flex>
      {canTerminate && (
        <Box>
          <TextButton
            id={terminateButtonId(session)}
            aria-label={t('terminate.label', { user: userName(session), device })}
            onClick={() => setIsAsking(true)}
          >
            {t('terminate.action')}
          </TextButton>
        </Box>
      )}
      <TerminateDialog
        isOpen={isAsking}
        session={session}
        onCancel={() => setIsAsking(false)}
        onConfirm={confirm}
        onClosed={() => document.getElementById(terminateButtonId(session))?.focus()}
      />
    </Flex>
  );
}
