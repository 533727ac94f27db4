import { Button, Flex, Loader, Modal, Typography } from '@strapi/design-system';

import { useFocusReturn } from '../../hooks/useFocusReturn';
import { useSessionDetails, type DetailsState } from '../../hooks/useSessionDetails';
import { useSessionWords } from '../../hooks/useSessionWords';
import { useTranslate } from '../../hooks/useTranslate';
import { SessionFacts } from '../SessionFacts';
import { SessionHistory } from '../SessionHistory';
import { StateBadge } from '../StateBadge';

interface EntrySessionProps {
  sessionId: string;
  onClose: () => void;
}

/** The session that an entry is about, as far as its record is still there. */
export function EntrySession({ sessionId, onClose }: EntrySessionProps) {
  const t = useTranslate();
  const { userName } = useSessionWords();
  const returnFocus = useFocusReturn();
  const state = useSessionDetails(sessionId);
  const session = state.status === 'loaded' ? state.details : null;
  return (
    <Modal.Root
      open
      onOpenChange={(open) => {
        if (!open) {
          onClose();
        }
      }}
    >
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('action.close')}>
          <Flex gap={3} wrap="wrap">
            <Modal.Title>
              {session === null
                ? t('journal.sessionTitle')
                : t('details.title', { user: userName(session) })}
            </Modal.Title>
            {session !== null && <StateBadge state={session.state} />}
          </Flex>
        </Modal.Header>
        <Modal.Body>
          <Content state={state} />
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {t('action.close')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
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
    case 'gone':
      return <Typography textColor="neutral600">{t('details.gone')}</Typography>;
    case 'failed':
      return (
        <Typography textColor="neutral600" role="alert">
          {t('details.failed')}
        </Typography>
      );
    case 'loaded':
      return (
        <>
          <SessionFacts session={state.details} state={state} />
          <SessionHistory state={state} />
        </>
      );
  }
}
