import { Flex, Link, Typography } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { Link as RouterLink } from 'react-router-dom';

import { JournalFilters } from '../../journal/JournalFilters';
import { LiveIndicator } from '../../ui/list/LiveIndicator';
import { useJournal } from '../../journal/useJournal';
import { useJournalQuery } from '../../journal/useJournalQuery';
import { useClampedPage } from '../../data/useClampedPage';
import { useTranslate } from '../../wording/useTranslate';
import { SESSIONS_PATH } from '../../data/pagePaths';
import { JournalContent } from './JournalContent';

/** The journal: events with their actors, reasons, times and addresses. */
export function JournalPage() {
  const t = useTranslate();
  const controls = useJournalQuery();
  const { query, correctPage } = controls;
  const journal = useJournal(query);
  const { state, reload } = journal;
  const { status, data: page } = state;
  useClampedPage(state, query.page, correctPage);
  return (
    <Page.Main aria-busy={status === 'loading'}>
      <Page.Title>{t('journal.title')}</Page.Title>
      <Layouts.Root>
        <Layouts.Header
          title={t('journal.title')}
          subtitle={t('journal.subtitle')}
          navigationAction={
            <Link tag={RouterLink} to={SESSIONS_PATH} startIcon={<ArrowLeft />}>
              {t('page.title')}
            </Link>
          }
        />
        <Layouts.Action
          startActions={<JournalFilters controls={controls} entries={page?.data ?? []} />}
          endActions={
            page !== null && (
              <Flex gap={3} minHeight="3.2rem">
                <Typography variant="pi" textColor="neutral600">
                  {t('journal.count', { count: page.meta.pagination.total })}
                </Typography>
                <LiveIndicator isStale={status === 'failed'} onRetry={reload} />
              </Flex>
            )
          }
        />
        <Layouts.Content>
          <JournalContent controls={controls} journal={journal} />
        </Layouts.Content>
      </Layouts.Root>
    </Page.Main>
  );
}
