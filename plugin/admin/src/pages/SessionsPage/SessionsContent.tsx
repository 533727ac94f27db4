import { useState } from 'react';

import type { SessionView } from '../../../../shared/contracts';
import { NetworkSources } from '../../ui/NetworkSources';
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

/**
 * The dialog above the list.
 *
 * - `details`: shows a session.
 * - `asking`: asks whether to terminate a session.
 * - `closing`: the question is answered or cancelled, and its dialog fades out.
 */
type DialogState =
  { type: 'none' } | { type: 'details' | 'asking' | 'closing'; session: SessionView };

const NO_DIALOG: DialogState = { type: 'none' };

interface SessionsContentProps {
  controls: SessionQueryControls;
  sessions: Sessions;
  canTerminate: boolean;
  /** Called after a termination. */
  onTerminated: () => void;
}

/** The page below its toolbar: table, pagination and dialogs, or a placeholder. */
export function SessionsContent({
  controls,
  sessions,
  canTerminate,
  onTerminated,
}: SessionsContentProps) {
  const { query } = controls;
  const { state, replace } = sessions;
  const [dialog, setDialog] = useState(NO_DIALOG);
  const terminate = useTerminateSession();

  const show = (session: SessionView) => setDialog({ type: 'details', session });
  const ask = (session: SessionView) => setDialog({ type: 'asking', session });

  const confirm = async (session: SessionView) => {
    const outcome = await terminate(session);
    if (outcome.type === 'failed') {
      return;
    }
    if (outcome.type === 'terminated') {
      replace(outcome.session);
    }
    setDialog({ type: 'closing', session });
    onTerminated();
  };

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
          <>
            <SessionTable
              // The table keeps its tab stop; another set of rows needs a new table.
              key={`${query.page} ${query.pageSize} ${query.state ?? ''} ${query.within ?? ''} ${query.search}`}
              sessions={data}
              query={query}
              canTerminate={canTerminate}
              onSort={controls.sortBy}
              onShow={show}
              onTerminate={ask}
            />
            <NetworkSources locations={data.map(({ location }) => location)} />
          </>
        )}
      </PagedList>
      {dialog.type === 'details' && (
        <SessionDetails
          // The row may have changed while its details are open.
          session={state.data?.data.find(({ id }) => id === dialog.session.id) ?? dialog.session}
          canTerminate={canTerminate}
          onTerminate={ask}
          onClose={() => setDialog(NO_DIALOG)}
          onClosed={() => focusDetails(dialog.session)}
        />
      )}
      {(dialog.type === 'asking' || dialog.type === 'closing') && (
        <TerminateDialog
          isOpen={dialog.type === 'asking'}
          session={dialog.session}
          onCancel={() => setDialog({ ...dialog, type: 'closing' })}
          onConfirm={() => confirm(dialog.session)}
          onClosed={() => focusSession(dialog.session)}
        />
      )}
    </>
  );
}
