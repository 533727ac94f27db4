import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Cog } from '@strapi/icons';
import { Layouts, Page, SearchInput, useRBAC } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';

import { BulkTerminateDialog } from '../../components/BulkTerminateDialog';
import { Figures } from '../../components/Figures';
import { LiveIndicator } from '../../components/LiveIndicator';
import { StateFilter } from '../../components/StateFilter';
import { useFigures } from '../../hooks/useFigures';
import { useSessionQuery } from '../../hooks/useSessionQuery';
import { useSessions } from '../../hooks/useSessions';
import { useTranslate } from '../../hooks/useTranslate';
import { PERMISSIONS } from '../../permissions';
import { PLUGIN_ID } from '../../pluginId';
import { SESSION_LIST_ID } from '../../utils/focusTargets';
import { isNarrowed } from '../../utils/sessionQuery';
import { SessionsContent } from './SessionsContent';

const RIGHTS = [...PERMISSIONS.terminate, ...PERMISSIONS.settings];

/** Every session of the site's users: found, followed live, and ended. */
export function SessionsPage() {
  const t = useTranslate();
  const navigate = useNavigate();
  const { allowedActions } = useRBAC(RIGHTS);
  const canTerminate = allowedActions.canTerminate === true;
  const controls = useSessionQuery();
  const { query, correctPage } = controls;
  const sessions = useSessions(query);
  const { figures, refresh: refreshFigures } = useFigures();
  const [isEndingAll, setIsEndingAll] = useState(false);
  const pagination = sessions.list?.meta.pagination;

  // Rows may go while the page is open; then the last page is the one that is left.
  const lastPage = sessions.status === 'live' ? Math.max(pagination?.pageCount ?? 1, 1) : null;
  useEffect(() => {
    if (lastPage !== null && query.page > lastPage) {
      correctPage(lastPage);
    }
  }, [correctPage, lastPage, query.page]);

  const refresh = () => {
    sessions.refresh();
    refreshFigures();
  };

  const showsCount = pagination !== undefined && sessions.status !== 'failed';
  const offersEndingAll =
    canTerminate && showsCount && pagination.total > 0 && query.state !== 'terminated';
  return (
    <Page.Main aria-busy={sessions.status === 'loading' || sessions.status === 'switching'}>
      <Page.Title>{t('page.title')}</Page.Title>
      <Layouts.Root>
        <Layouts.Header
          title={t('page.title')}
          subtitle={t('page.subtitle')}
          primaryAction={
            allowedActions.canSettings === true && (
              <Button
                variant="tertiary"
                startIcon={<Cog />}
                onClick={() => navigate(`/settings/${PLUGIN_ID}`)}
              >
                {t('settings.link')}
              </Button>
            )
          }
        />
        <Layouts.Content>
          <Figures figures={figures} query={query} onFilter={controls.filterBy} />
        </Layouts.Content>
        <Box paddingTop={6}>
          <Layouts.Action
            startActions={
              <>
                <SearchInput
                  key={query.search === '' ? 'idle' : 'searching'}
                  label={t('search.label')}
                  placeholder={t('search.placeholder')}
                />
                <StateFilter state={query.state} onChange={(state) => controls.filterBy(state)} />
                {offersEndingAll && (
                  <Button variant="danger-light" size="S" onClick={() => setIsEndingAll(true)}>
                    {t(isNarrowed(query) ? 'bulk.actionNarrowed' : 'bulk.action')}
                  </Button>
                )}
              </>
            }
            endActions={
              showsCount && (
                <Flex gap={3} minHeight="3.2rem">
                  <Typography variant="pi" textColor="neutral600">
                    {t('page.count', { count: pagination.total })}
                  </Typography>
                  <LiveIndicator isStale={sessions.status === 'stale'} onRetry={refresh} />
                </Flex>
              )
            }
          />
        </Box>
        <Layouts.Content>
          <Box id={SESSION_LIST_ID} tabIndex={-1}>
            <SessionsContent
              controls={controls}
              sessions={sessions}
              canTerminate={canTerminate}
              onTerminated={refresh}
            />
          </Box>
        </Layouts.Content>
        {isEndingAll && (
          <BulkTerminateDialog
            query={query}
            onClose={() => setIsEndingAll(false)}
            onTerminated={refresh}
          />
        )}
      </Layouts.Root>
    </Page.Main>
  );
}
