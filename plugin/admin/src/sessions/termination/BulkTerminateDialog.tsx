import { Box, Dialog, Flex, Loader, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useEffect, useState } from 'react';

import { useSessionLabels } from '../../wording/useSessionLabels';
import { useBulkTerminate, type BulkPreview } from './useBulkTerminate';
import { useTranslate } from '../../wording/useTranslate';
import type { SessionQuery } from '../sessionQuery';
import { DialogActions } from '../../ui/dialogs/DialogActions';

/** The most sessions that are named. */
const NAMED = 5;

interface BulkTerminateDialogProps {
  query: SessionQuery;
  onClose: () => void;
  /** Called after a termination. */
  onTerminated: () => void;
}

/** Shows the sessions that match a query, and terminates them after a confirmation. */
export function BulkTerminateDialog({ query, onClose, onTerminated }: BulkTerminateDialogProps) {
  const t = useTranslate();
  const { preview, terminate } = useBulkTerminate();
  const [found, setFound] = useState<BulkPreview | null>(null);
  const [isTerminating, setIsTerminating] = useState(false);

  useEffect(() => {
    let isClosed = false;
    void preview(query).then((answer) => {
      if (isClosed) {
        return;
      }
      if (answer === null) {
        onClose();
      }
      setFound(answer);
    });
    return () => {
      isClosed = true;
    };
    // The dialog keeps the query that it was opened with.
  }, []);

  const confirm = async () => {
    setIsTerminating(true);
    const hasTerminated = await terminate(query);
    setIsTerminating(false);
    if (hasTerminated) {
      onTerminated();
      onClose();
    }
  };

  const count = found?.count ?? 0;
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open && !isTerminating) {
          onClose();
        }
      }}
    >
      <Dialog.Content>
        <Dialog.Header>
          {found === null ? t('bulk.counting') : t('bulk.title', { count })}
        </Dialog.Header>
        <Dialog.Body>
          {found === null ? (
            <Loader small>{t('bulk.counting')}</Loader>
          ) : (
            <FoundSessions found={found} />
          )}
        </Dialog.Body>
        <DialogActions
          confirmLabel={count > 0 ? t('bulk.confirm', { count }) : null}
          isWaiting={isTerminating}
          onConfirm={confirm}
        />
      </Dialog.Content>
    </Dialog.Root>
  );
}

/** Names the first of the sessions that would be terminated. */
function FoundSessions({ found }: { found: BulkPreview }) {
  const t = useTranslate();
  const { userName, deviceName } = useSessionLabels();
  const named = found.sessions.slice(0, NAMED);
  const more = found.count - named.length;
  if (found.count === 0) {
    return <Dialog.Description textAlign="center">{t('bulk.none')}</Dialog.Description>;
  }
  return (
    <Flex direction="column" gap={3} width="100%">
      <WarningCircle width="2.4rem" height="2.4rem" fill="danger600" aria-hidden />
      <Dialog.Description textAlign="center">{t('bulk.body')}</Dialog.Description>
      <Box tag="ul" width="100%" background="neutral100" hasRadius padding={3}>
        {named.map((session) => (
          <Flex
            key={session.id}
            tag="li"
            direction={{ initial: 'column', medium: 'row' }}
            alignItems={{ initial: 'stretch', medium: 'center' }}
            justifyContent="space-between"
            gap={{ initial: 0, medium: 3 }}
            padding={1}
          >
            <Typography ellipsis fontWeight="bold" textColor="neutral800">
              {userName(session)}
            </Typography>
            <Typography ellipsis variant="pi" textColor="neutral600">
              {deviceName(session.device)}
            </Typography>
          </Flex>
        ))}
        {more > 0 && (
          <Box tag="li" padding={1}>
            <Typography variant="pi" textColor="neutral600">
              {t('bulk.more', { count: more })}
            </Typography>
          </Box>
        )}
      </Box>
    </Flex>
  );
}
