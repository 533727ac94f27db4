import { Button, Flex, Grid, Modal } from '@strapi/design-system';

import type { SessionView } from '../../../shared/contracts';
import { useMethodName } from '../hooks/useMethodName';
import { useMoment } from '../hooks/useMoment';
import { useSessionDetails } from '../hooks/useSessionDetails';
import { useSessionWords } from '../hooks/useSessionWords';
import { useTranslate } from '../hooks/useTranslate';
import { REASON_NAMES } from '../utils/reasonNames';
import { Fact } from './Fact';
import { SessionHistory } from './SessionHistory';
import { StateBadge } from './StateBadge';
import { TokenFacts } from './TokenFacts';

interface SessionDetailsProps {
  session: SessionView;
  canTerminate: boolean;
  onTerminate: (session: SessionView) => void;
  onClose: () => void;
  /** Called once the window is gone: puts the focus where it belongs. */
  onClosed: () => void;
}

/** Everything that is known of one session, with its history; never a token. */
export function SessionDetails({
  session,
  canTerminate,
  onTerminate,
  onClose,
  onClosed,
}: SessionDetailsProps) {
  const t = useTranslate();
  const { userName, deviceName } = useSessionWords();
  const methodName = useMethodName();
  const moment = useMoment();
  const state = useSessionDetails(session);
  const { user, reason, terminatedAt } = session;
  return (
    <Modal.Root
      open
      onOpenChange={(open) => {
        if (!open) {
          onClose();
        }
      }}
    >
      <Modal.Content
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          onClosed();
        }}
      >
        <Modal.Header closeLabel={t('action.close')}>
          <Flex gap={3} wrap="wrap">
            <Modal.Title>{t('details.title', { user: userName(session) })}</Modal.Title>
            <StateBadge state={session.state} />
          </Flex>
        </Modal.Header>
        <Modal.Body>
          <Grid.Root tag="dl" gap={5}>
            <Fact name={t('details.email')}>{user.email ?? '–'}</Fact>
            <Fact name={t('details.userId')}>{user.id}</Fact>
            <Fact name={t('column.loggedIn')}>{moment(session.loggedInAt)}</Fact>
            <Fact name={t('details.method')}>{methodName(session.method)}</Fact>
            <Fact name={t('column.lastSeen')}>{moment(session.lastSeenAt)}</Fact>
            {terminatedAt !== null && <Fact name={t('column.ended')}>{moment(terminatedAt)}</Fact>}
            {reason !== null && <Fact name={t('details.reason')}>{t(REASON_NAMES[reason])}</Fact>}
            <Fact name={t('column.device')}>{deviceName(session.device)}</Fact>
            <Fact name={t('details.ip')}>{session.ip ?? '–'}</Fact>
            <Fact name={t('details.userAgent')} isWide>
              {session.userAgent ?? '–'}
            </Fact>
            <Fact name={t('details.id')} isWide>
              <span style={MONOSPACE}>{session.id}</span>
            </Fact>
            {state.status === 'loaded' && <TokenFacts stored={state.details.stored} />}
          </Grid.Root>
          <SessionHistory state={state} />
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {t('action.close')}
          </Button>
          {canTerminate && session.state !== 'terminated' && (
            <Button variant="danger-light" onClick={() => onTerminate(session)}>
              {t('terminate.confirm')}
            </Button>
          )}
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}

const MONOSPACE = { fontFamily: 'monospace' };
