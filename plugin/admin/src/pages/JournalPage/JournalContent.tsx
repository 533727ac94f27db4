import { useState } from 'react';

import { EntrySessionModal } from '../../journal/EntrySessionModal';
import { JournalTable } from '../../journal/JournalTable';
import { NetworkSources } from '../../ui/NetworkSources';
import { PagedList } from '../../ui/list/PagedList';
import { NothingMatches, NothingYet } from '../../ui/list/EmptyStates';
import type { Journal } from '../../journal/useJournal';
import type { JournalQueryControls } from '../../journal/useJournalQuery';
import { isJournalNarrowed } from '../../journal/journalQuery';

interface JournalContentProps {
  controls: JournalQueryControls;
  journal: Journal;
}

/** The page below its filters: entries and pagination, or a placeholder. */
export function JournalContent({ controls, journal }: JournalContentProps) {
  const { query, filterBy, showAll } = controls;
  const [sessionId, setSessionId] = useState<string | null>(null);
  return (
    <>
      <PagedList
        list={journal}
        loading="journal.loading"
        failed="journal.failed"
        empty={
          isJournalNarrowed(query) ? (
            <NothingMatches text="journal.noMatch" action="journal.showAll" onShowAll={showAll} />
          ) : (
            <NothingYet text="journal.empty" />
          )
        }
      >
        {({ data }) => (
          <>
            <JournalTable
              // The table keeps its tab stop; another set of rows needs a new table.
              key={JSON.stringify(query)}
              entries={data}
              onChooseUser={(userId) => filterBy('userId', String(userId))}
              onShowSession={setSessionId}
            />
            <NetworkSources locations={data.map(({ location }) => location)} />
          </>
        )}
      </PagedList>
      {sessionId !== null && (
        <EntrySessionModal sessionId={sessionId} onClose={() => setSessionId(null)} />
      )}
    </>
  );
}
