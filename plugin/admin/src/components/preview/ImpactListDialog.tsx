import { Button, Flex, Loader, Modal, TextButton, Typography } from '@strapi/design-system';
import { ChevronLeft, ChevronRight } from '@strapi/icons';
import { useState } from 'react';

import { useFocusReturn } from '../../hooks/useFocusReturn';
import { useSessionsOfRows } from '../../hooks/useSessionsOfRows';
import { useTranslate } from '../../hooks/useTranslate';
import { SessionListItem } from '../SessionListItem';

const PAGE_SIZE = 10;

interface ImpactListDialogProps {
  title: string;
  rows: readonly number[];
  onClose: () => void;
}

/** Lists the sessions behind a figure, ten at a time. */
export function ImpactListDialog({ title, rows, onClose }: ImpactListDialogProps) {
  const t = useTranslate();
  const returnFocus = useFocusReturn();
  const [page, setPage] = useState(0);
  const start = page * PAGE_SIZE;
  const shown = rows.slice(start, start + PAGE_SIZE);
  const { status, sessions, load } = useSessionsOfRows(shown);
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
          <Modal.Title>{title}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          {status === 'loading' && (
            <Flex justifyContent="center" padding={6}>
              <Loader>{t('page.loading')}</Loader>
            </Flex>
          )}
          {status === 'failed' && (
            <Flex gap={3} role="alert">
              <Typography>{t('error.content')}</Typography>
              <TextButton onClick={load}>{t('action.retry')}</TextButton>
            </Flex>
          )}
          {status === 'ready' && (
            // It takes the focus so that the arrow keys scroll it.
            <Flex tag="ul" direction="column" alignItems="stretch" tabIndex={0} aria-label={title}>
              {sessions.map((session) => (
                <SessionListItem key={session.id} session={session} />
              ))}
              {sessions.length < shown.length && (
                <Typography tag="li" variant="pi" textColor="neutral600" paddingTop={3}>
                  {t('impact.gone', { count: shown.length - sessions.length })}
                </Typography>
              )}
            </Flex>
          )}
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {t('action.close')}
          </Button>
          {rows.length > PAGE_SIZE && (
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
          )}
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
