import { Flex, Loader, Typography } from '@strapi/design-system';

import { isGone, useSessionDetails, type DetailsState } from '../session-details/useSessionDetails';
import { useSessionLabels } from '../wording/useSessionLabels';
import { useTranslate } from '../wording/useTranslate';
import { SessionFacts } from '../session-details/SessionFacts';
import { SessionHistory } from '../session-details/SessionHistory';
import { StateBadge } from '../sessions/labels/StateBadge';
import { InfoModal } from '../ui/dialogs/InfoModal';

interface EntrySessionModalProps {
  sessionId: string;
  onClose: () => void;
}

/** The session of a journal entry, if its record still exists. */
export function EntrySessionModal({ sessionId, onClose }: EntrySessionModalProps) {
  const t = useTranslate();
  const { userName } = useSessionLabels();
  const state = useSessionDetails(sessionId);
  const session = state.status === 'ready' ? state.data : null;
  return (
    <InfoModal
      title={
        session === null
          ? t('journal.sessionTitle')
          : t('details.title', { user: userName(session) })
      }
      badge={session !== null && <StateBadge state={session.state} />}
      onClose={onClose}
    >
      <Content state={state} />
    </InfoModal>
  );
}

function Content({ state }: { state: DetailsState }) {
  const t = useTranslate();
  switch (state.status) {
    case 'loading':
      return (
        <Flex justifyContent="center" padding={6}>
          <Loader>{t('details.loading')}</Loader>
        </Flex>
      );
    case 'failed':
      return isGone(state) ? (
        <Typography textColor="neutral600">{t('details.gone')}</Typography>
      ) : (
        <Typography textColor="neutral600" role="alert">
          {t('details.failed')}
        </Typography>
      );
    case 'ready':
      return (
        <>
          <SessionFacts session={state.data} state={state} />
          <SessionHistory state={state} />
        </>
      );
  }
}
