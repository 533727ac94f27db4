import { Box, Flex, Loader } from '@strapi/design-system';
import { Pagination } from '@strapi/strapi/admin';
import { useState } from 'react';

import type { SessionView } from '../../../../shared/contracts';
import { LoadingFailed, NoMatchingSessions, NoSessionsYet } from '../../components/ListMessage';
import { SessionDetails } from '../../components/SessionDetails';
import { SessionTable } from '../../components/SessionTable';
import { TerminateDialog } from '../../components/TerminateDialog';
import type { SessionQueryControls } from '../../hooks/useSessionQuery';
import type { Sessions } from '../../hooks/useSessions';
import { useTerminateSession } from '../../hooks/useTerminateSession';
import { useTranslate } from '../../hooks/useTranslate';
import { focusDetails, focusSession } from '../../utils/focusTargets';
import { DEFAULT_PAGE_SIZE, isNarrowed, PAGE_SIZES } from '../../utils/sessionQuery';

interface SessionsContentProps {
  controls: SessionQueryControls;
  sessions: Sessions;
  canTerminate: boolean;
  /** Called once sessions have ended. */
  onTerminated: () => void;
}

/** The page below its toolbar: table, pagination and dialogs, or what stands in for them. */
export function SessionsContent({
  controls,
  sessions,
  canTerminate,
  onTerminated,
}: SessionsContentProps) {
  const t = useTranslate();
  const { query, sortBy, showAll } = controls;
  const { status, list, refresh, replace } = sessions;
  const [chosen, setChosen] = useState<SessionView | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [shown, setShown] = useState<SessionView | null>(null);
  const terminate = useTerminateSession();

  const ask = (session: SessionView) => {
    setShown(null);
    setChosen(session);
    setIsAsking(true);
  };

  const confirm = async (session: SessionView) => {
    const outcome = await terminate(session);
    if (outcome.type === 'failed') {
      return;
    }
    if (outcome.type === 'terminated') {
      replace(outcome.session);
    }
    setIsAsking(false);
    onTerminated();
  };

  if (status === 'failed') {
    return <LoadingFailed text="error.content" onRetry={refresh} />;
  }
  if (list === null) {
    return (
      <Flex justifyContent="center" padding={11}>
        <Loader>{t('page.loading')}</Loader>
      </Flex>
    );
  }

  const isSwitching = status === 'switching';
  const { pagination } = list.meta;
  // The row may have changed while its details are open.
  const current = list.data.find(({ id }) => id === shown?.id) ?? shown;
  return (
    <>
      {pagination.total === 0 ? (
        isNarrowed(query) ? (
          <NoMatchingSessions onShowAll={showAll} />
        ) : (
          <NoSessionsYet />
        )
      ) : (
        <Box style={{ opacity: isSwitching ? 0.6 : 1 }}>
          <SessionTable
            // The table remembers the cell that takes the tab key; another set of rows starts anew.
            key={`${query.page} ${query.pageSize} ${query.state ?? ''} ${query.within ?? ''} ${query.search}`}
            sessions={list.data}
            query={query}
            canTerminate={canTerminate}
            onSort={sortBy}
            onShow={setShown}
            onTerminate={ask}
          />
          <Pagination.Root
            pageCount={pagination.pageCount}
            total={pagination.total}
            defaultPageSize={DEFAULT_PAGE_SIZE}
          >
            <Pagination.PageSize options={PAGE_SIZES.map(String)} />
            <Pagination.Links />
          </Pagination.Root>
        </Box>
      )}
      {current !== null && (
        <SessionDetails
          session={current}
          canTerminate={canTerminate}
          onTerminate={ask}
          onClose={() => setShown(null)}
          onClosed={() => focusDetails(current)}
        />
      )}
      {chosen !== null && (
        <TerminateDialog
          isOpen={isAsking}
          session={chosen}
          onCancel={() => setIsAsking(false)}
          onConfirm={() => confirm(chosen)}
          onClosed={() => focusSession(chosen)}
        />
      )}
    </>
  );
}
