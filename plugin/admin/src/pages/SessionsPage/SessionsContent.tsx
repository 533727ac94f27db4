import { useState } from 'react';

import type { SessionView } from '../../../../shared/contracts';
import { ListContent } from '../../components/ListContent';
import { NothingMatches, NothingYet } from '../../components/ListMessage';
import { SessionDetails } from '../../components/sessions/SessionDetails';
import { SessionTable } from '../../components/sessions/SessionTable';
import { TerminateDialog } from '../../components/sessions/TerminateDialog';
import type { SessionQueryControls } from '../../hooks/useSessionQuery';
import type { Sessions } from '../../hooks/useSessions';
import { useTerminateSession } from '../../hooks/useTerminateSession';
import { focusDetails, focusSession } from '../../utils/focusTargets';
import { isNarrowed } from '../../utils/sessionQuery';

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
  const { list, replace } = sessions;
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
  const current = list?.data.find(({ id }) => id === shown?.id) ?? shown;
  return (
    <>
      <ListContent
        live={sessions}
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
      </ListContent>
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
