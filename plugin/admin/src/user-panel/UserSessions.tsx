import { Button, Flex, Loader, Typography } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import { useState } from 'react';

import { useTranslate } from '../wording/useTranslate';
import { useUserActions } from './useUserActions';
import { useUserSessions } from './useUserSessions';
import { PERMISSIONS } from '../permissions';
import { ConfirmDialog } from '../ui/dialogs/ConfirmDialog';
import { RetryMessage } from '../ui/RetryMessage';
import { UserSessionItem } from './UserSessionItem';

interface UserSessionsProps {
  userId: number;
  documentId: string;
  isBlocked: boolean;
}

type Question = 'terminateAll' | 'block';

const RIGHTS = [...PERMISSIONS.terminate, ...PERMISSIONS.block];

/** A user's sessions that are not terminated, with buttons to terminate them and to block the user. */
export default function UserSessions({ userId, documentId, isBlocked }: UserSessionsProps) {
  const t = useTranslate();
  const { allowedActions } = useRBAC(RIGHTS);
  const { state, reload } = useUserSessions(userId);
  const actions = useUserActions(userId, documentId);
  const [question, setQuestion] = useState<Question | null>(null);
  const canTerminate = allowedActions.canTerminate === true;
  const canBlock = allowedActions.canBlock === true;

  const confirm = async (act: () => Promise<boolean>) => {
    if (await act()) {
      setQuestion(null);
      reload();
    }
  };

  if (state.status === 'loading') {
    return <Loader small>{t('page.loading')}</Loader>;
  }
  if (state.status === 'failed') {
    return <RetryMessage text={t('error.content')} onRetry={reload} />;
  }
  const { named, total } = state.data;
  return (
    <Flex direction="column" alignItems="stretch" gap={3} width="100%">
      {total === 0 ? (
        <Typography textColor="neutral600">{t('userSessions.none')}</Typography>
      ) : (
        <Flex tag="ul" direction="column" alignItems="stretch">
          {named.map((session) => (
            <UserSessionItem
              key={session.id}
              session={session}
              canTerminate={canTerminate}
              onTerminated={reload}
            />
          ))}
          {total > named.length && (
            <Typography tag="li" variant="pi" textColor="neutral600" paddingTop={2}>
              {t('bulk.more', { count: total - named.length })}
            </Typography>
          )}
        </Flex>
      )}
      {(canTerminate || canBlock) && (
        <Flex direction="column" alignItems="stretch" gap={2}>
          {canTerminate && total > 0 && (
            <Button fullWidth variant="danger-light" onClick={() => setQuestion('terminateAll')}>
              {t('bulk.action')}
            </Button>
          )}
          {canBlock && (
            <Button fullWidth variant="tertiary" onClick={() => setQuestion('block')}>
              {t(isBlocked ? 'userSessions.unblock' : 'userSessions.block')}
            </Button>
          )}
        </Flex>
      )}
      {question === 'terminateAll' && (
        <ConfirmDialog
          title={t('bulk.title', { count: total })}
          confirmLabel={t('bulk.confirm', { count: total })}
          onCancel={() => setQuestion(null)}
          onConfirm={() => confirm(actions.terminateAll)}
        >
          {t('userSessions.terminateAllBody')}
        </ConfirmDialog>
      )}
      {question === 'block' && (
        <ConfirmDialog
          title={t(isBlocked ? 'userSessions.unblockTitle' : 'userSessions.blockTitle')}
          confirmLabel={t(isBlocked ? 'userSessions.unblock' : 'userSessions.block')}
          onCancel={() => setQuestion(null)}
          onConfirm={() => confirm(() => actions.setBlocked(!isBlocked))}
        >
          {t(isBlocked ? 'userSessions.unblockBody' : 'userSessions.blockBody')}
        </ConfirmDialog>
      )}
    </Flex>
  );
}
