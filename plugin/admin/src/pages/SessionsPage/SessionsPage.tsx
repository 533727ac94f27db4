import { Box, Button, Flex, LinkButton, Typography } from '@strapi/design-system';
import { ClockCounterClockwise, Cog } from '@strapi/icons';
import { Layouts, Page, SearchInput, useRBAC } from '@strapi/strapi/admin';
import { useState } from 'react';
import { Link } from 'react-router-dom';

import { SESSION_STATES } from '../../../../shared/contracts';
import { AddressLocksPanel } from '../../locks/AddressLocksPanel';
import { LocksPanel } from '../../locks/LocksPanel';
import { BulkTerminateDialog } from '../../sessions/termination/BulkTerminateDialog';
import { ChoiceFilter } from '../../ui/list/ChoiceFilter';
import { SessionCounts } from '../../sessions/SessionCounts';
import { LiveIndicator } from '../../ui/list/LiveIndicator';
import { useSessionCounts } from '../../sessions/useSessionCounts';
import { useClampedPage } from '../../data/useClampedPage';
import { useSessionQuery } from '../../sessions/useSessionQuery';
import { useSessions } from '../../sessions/useSessions';
import { useTranslate } from '../../wording/useTranslate';
import { PERMISSIONS } from '../../permissions';
import { SESSION_LIST_ID } from '../../sessions/focusTargets';
import { JOURNAL_PATH, SETTINGS_PATH } from '../../data/pagePaths';
import { isNarrowed } from '../../sessions/sessionQuery';
import { STATE_NAMES } from '../../wording/stateNames';
import { SessionsContent } from './SessionsContent';

const RIGHTS = [...PERMISSIONS.terminate, ...PERMISSIONS.settings];

/** The sessions of all users: searched, followed live, and terminated. */
export function SessionsPage() {
  const t = useTranslate();
  const { allowedActions } = useRBAC(RIGHTS);
  const canTerminate = allowedActions.canTerminate === true;
  const controls = useSessionQuery();
  const { query, correctPage } = controls;
  const sessions = useSessions(query);
  const { counts, reload: reloadCounts } = useSessionCounts();
  const [isTerminatingAll, setIsTerminatingAll] = useState(false);
  const pagination = sessions.state.data?.meta.pagination;

  useClampedPage(sessions.state, query.page, correctPage);

  const reload = () => {
    sessions.reload();
    reloadCounts();
  };

  const offersTermination =
    canTerminate &&
    pagination !== undefined &&
    pagination.total > 0 &&
    query.state !== 'terminated';
  return (
    <Page.Main aria-busy={sessions.state.status === 'loading'}>
      <Page.Title>{t('page.title')}</Page.Title>
      <Layouts.Root>
        <Layouts.Header
          title={t('page.title')}
          subtitle={t('page.subtitle')}
          primaryAction={
            <Flex gap={2} wrap="wrap">
              <LinkButton
                tag={Link}
                to={JOURNAL_PATH}
                variant="tertiary"
                startIcon={<ClockCounterClockwise />}
              >
                {t('journal.title')}
              </LinkButton>
              {allowedActions.canSettings === true && (
                <LinkButton tag={Link} to={SETTINGS_PATH} variant="tertiary" startIcon={<Cog />}>
                  {t('settings.link')}
                </LinkButton>
              )}
            </Flex>
          }
        />
        <Layouts.Content>
          <SessionCounts counts={counts} query={query} onFilter={controls.filterBy} />
          <LocksPanel />
          <AddressLocksPanel />
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
                <ChoiceFilter
                  label="filter.state"
                  all="filter.allStates"
                  choices={SESSION_STATES}
                  names={STATE_NAMES}
                  choice={query.state}
                  onChange={(state) => controls.filterBy(state)}
                />
                {offersTermination && (
                  <Button variant="danger-light" size="S" onClick={() => setIsTerminatingAll(true)}>
                    {t(isNarrowed(query) ? 'bulk.actionNarrowed' : 'bulk.action')}
                  </Button>
                )}
              </>
            }
            endActions={
              pagination !== undefined && (
                <Flex gap={3} minHeight="3.2rem">
                  <Typography variant="pi" textColor="neutral600">
                    {t('page.count', { count: pagination.total })}
                  </Typography>
                  <LiveIndicator isStale={sessions.state.status === 'failed'} onRetry={reload} />
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
              onTerminated={reload}
            />
          </Box>
        </Layouts.Content>
        {isTerminatingAll && (
          <BulkTerminateDialog
            query={query}
            onClose={() => setIsTerminatingAll(false)}
            onTerminated={reload}
          />
        )}
      </Layouts.Root>
    </Page.Main>
  );
}
