import { Box, Button, Link } from '@strapi/design-system';
import { Link as RouterLink } from 'react-router-dom';

import type { SessionView } from '../../../shared/contracts';
import { useSessionDetails } from './useSessionDetails';
import { useSessionLabels } from '../wording/useSessionLabels';
import { useTranslate } from '../wording/useTranslate';
import { journalOfUserPath } from '../data/pagePaths';
import { SessionFacts } from './SessionFacts';
import { SessionHistory } from './SessionHistory';
import { StateBadge } from '../sessions/labels/StateBadge';
import { NetworkSources } from '../ui/NetworkSources';
import { InfoModal } from '../ui/dialogs/InfoModal';

interface SessionDetailsProps {
  session: SessionView;
  canTerminate: boolean;
  onTerminate: (session: SessionView) => void;
  onClose: () => void;
  /** Called after the dialog is gone, to set the focus. */
  onClosed: () => void;
}

/** All facts of one session, with its history; never a token. */
export function SessionDetails({
  session,
  canTerminate,
  onTerminate,
  onClose,
  onClosed,
}: SessionDetailsProps) {
  const t = useTranslate();
  const { userName } = useSessionLabels();
  const state = useSessionDetails(session.id, session.state);
  return (
    <InfoModal
      title={t('details.title', { user: userName(session) })}
      badge={<StateBadge state={session.state} />}
      actions={
        canTerminate &&
        session.state !== 'terminated' && (
          <Button variant="danger-light" onClick={() => onTerminate(session)}>
            {t('terminate.confirm')}
          </Button>
        )
      }
      onClose={onClose}
      onClosed={onClosed}
    >
      <SessionFacts session={session} state={state} />
      <SessionHistory state={state} />
      <Box paddingTop={6}>
        <Link tag={RouterLink} to={journalOfUserPath(session.user.id)}>
          {t('journal.aboutUser')}
        </Link>
      </Box>
      <NetworkSources locations={[session.location]} />
    </InfoModal>
  );
}
