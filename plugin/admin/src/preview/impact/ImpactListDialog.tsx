import { Button, Flex, Loader, Typography } from '@strapi/design-system';
import { ChevronLeft, ChevronRight } from '@strapi/icons';
import { useState } from 'react';

import { useSessionsByRow } from './useSessionsByRow';
import { useTranslate } from '../../wording/useTranslate';
import { RetryMessage } from '../../ui/RetryMessage';
import { InfoModal } from '../../ui/dialogs/InfoModal';
import { SessionListItem } from './SessionListItem';

const PAGE_SIZE = 10;

interface ImpactListDialogProps {
  title: string;
  rows: readonly number[];
  onClose: () => void;
}

/** Lists the sessions behind a figure, ten at a time. */
export function ImpactListDialog({ title, rows, onClose }: ImpactListDialogProps) {
  const t = useTranslate();
  const [page, setPage] = useState(0);
  const start = page * PAGE_SIZE;
  const shown = rows.slice(start, start + PAGE_SIZE);
  const { state, reload } = useSessionsByRow(shown);
  return (
    <InfoModal
      title={title}
      actions={
        rows.length > PAGE_SIZE && (
          <Flex gap={2} wrap="wrap" justifyContent="flex-end">
            <Typography variant="pi" textColor="neutral600" aria-live="polite">
              {t('impact.range', {
                from: start + 1,
                to: start + shown.length,
                count: rows.length,
              })}
            </Typography>
            <Button
              variant="tertiary"
              startIcon={<ChevronLeft />}
              disabled={page === 0}
              onClick={() => setPage(page - 1)}
            >
              {t('action.previous')}
            </Button>
            <Button
              variant="tertiary"
              endIcon={<ChevronRight />}
              disabled={start + PAGE_SIZE >= rows.length}
              onClick={() => setPage(page + 1)}
            >
              {t('action.next')}
            </Button>
          </Flex>
        )
      }
      onClose={onClose}
    >
      {state.status === 'loading' && (
        <Flex justifyContent="center" padding={6}>
          <Loader>{t('page.loading')}</Loader>
        </Flex>
      )}
      {state.status === 'failed' && <RetryMessage text={t('error.content')} onRetry={reload} />}
      {state.status === 'ready' && (
        // It takes the focus so that the arrow keys scroll it.
        <Flex tag="ul" direction="column" alignItems="stretch" tabIndex={0} aria-label={title}>
          {state.data.map((session) => (
            <SessionListItem key={session.id} session={session} />
          ))}
          {state.data.length < shown.length && (
            <Typography tag="li" variant="pi" textColor="neutral600" paddingTop={3}>
              {t('impact.gone', { count: shown.length - state.data.length })}
            </Typography>
          )}
        </Flex>
      )}
    </InfoModal>
  );
}
