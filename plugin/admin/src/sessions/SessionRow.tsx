import { Button, Flex, IconButton, Td, Tr } from '@strapi/design-system';
import { Eye } from '@strapi/icons';
import type { ComponentProps, KeyboardEvent } from 'react';

import type { SessionView } from '../../../shared/contracts';
import { useSessionLabels } from '../wording/useSessionLabels';
import { useTranslate } from '../wording/useTranslate';
import { detailsButtonId, sessionRowId, terminateButtonId } from './focusTargets';
import { DeviceLabel } from './labels/DeviceLabel';
import { ExpiryLabel } from './labels/ExpiryLabel';
import { TerminationLabel } from './labels/TerminationLabel';
import { LoginLabel } from './labels/LoginLabel';
import { RelativeTime } from '../ui/RelativeTime';
import { StateBadge } from './labels/StateBadge';
import { UserLabel } from '../ui/UserLabel';

interface SessionRowProps extends Omit<ComponentProps<typeof Tr>, 'children'> {
  session: SessionView;
  /** Whether the administrator may terminate sessions. */
  canTerminate: boolean;
  onShow: (session: SessionView) => void;
  onTerminate: (session: SessionView) => void;
}

const BUTTON_KEYS: readonly string[] = ['Enter', ' ', 'Tab'];

/** A cell of the table handles every key of its buttons; this keeps the buttons' own keys from it. */
function keepFromCell(event: KeyboardEvent): void {
  if (BUTTON_KEYS.includes(event.key)) {
    event.stopPropagation();
  }
}

/** One session as a row of the table. It passes the table's props on to the row. */
export function SessionRow({
  session,
  canTerminate,
  onShow,
  onTerminate,
  ...row
}: SessionRowProps) {
  const t = useTranslate();
  const { userName, deviceName } = useSessionLabels();
  const names = { user: userName(session), device: deviceName(session.device) };
  const offersTermination = canTerminate && session.state !== 'terminated';
  return (
    <Tr {...row} id={sessionRowId(session)} tabIndex={-1}>
      <Td role="rowheader">
        <UserLabel user={session.user} />
      </Td>
      <Td>
        <StateBadge state={session.state} />
      </Td>
      <Td>
        <DeviceLabel session={session} />
      </Td>
      <Td>
        <LoginLabel session={session} />
      </Td>
      <Td>
        <RelativeTime textColor="neutral800" moment={session.lastSeenAt} />
      </Td>
      <Td>
        <ExpiryLabel session={session} />
      </Td>
      <Td>
        <TerminationLabel session={session} />
      </Td>
      {/* The key rebuilds the cell with its buttons: the table sets tab stops only on new cells. */}
      <Td key={`actions-${session.state}`}>
        <Flex gap={2} justifyContent="flex-end" onKeyDown={keepFromCell}>
          {offersTermination && (
            <Button
              id={terminateButtonId(session)}
              variant="tertiary"
              size="S"
              aria-label={t('terminate.label', names)}
              onClick={() => onTerminate(session)}
            >
              {t('terminate.action')}
            </Button>
          )}
          <IconButton
            id={detailsButtonId(session)}
            variant="ghost"
            label={t('details.open', names)}
            onClick={() => onShow(session)}
          >
            <Eye />
          </IconButton>
        </Flex>
      </Td>
    </Tr>
  );
}
