import { useState } from 'react';

import type { SessionView } from '../../../../shared/contracts';
import { PagedList } from '../../ui/list/PagedList';
import { NothingMatches, NothingYet } from '../../ui/list/EmptyStates';
import { SessionDetails } from '../../session-details/SessionDetails';
import { SessionTable } from '../../sessions/SessionTable';
import { TerminateDialog } from '../../sessions/termination/TerminateDialog';
import type { SessionQueryControls } from '../../sessions/useSessionQuery';
import type { Sessions } from '../../sessions/useSessions';
import { useTerminateSession } from '../../sessions/termination/useTerminateSession';
import { focusDetails, focusSession } from '../../sessions/focusTargets';
import { isNarrowed } from '../../sessions/sessionQuery';

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
  const { query } = controls;
  const { state, replace } = sessions;
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

  // The row may have changed while its details are open.
  const current = state.data?.data.find(({ id }) => id === shown?.id) ?? shown;
  return (
    <>
      <PagedList
        list={sessions}
        loading="page.loading"
        failed="error.content"
        empty={
          isNarrowed(query) ? (
            <NothingMatches
              text="empty.noMatch"
              action="empty.showAll"
              onShowAll={controls.showAll}
            />
          ) : (
            <NothingYet text="empty.content" />
          )
        }
      >
        {({ data }) => (
          <SessionTable
            // The table remembers the cell that takes the tab key; another set of rows starts anew.
            key={`${query.page} ${query.pageSize} ${query.state ?? ''} ${query.within ?? ''} ${query.search}`}
            sessions={data}
            query={query}
            canTerminate={canTerminate}
            onSort={controls.sortBy}
            onShow={setShown}
            onTerminate={ask}
          />
        )}
      </PagedList>
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
