import { useState } from 'react';

import { EntrySession } from '../../components/journal/EntrySession';
import { JournalTable } from '../../components/journal/JournalTable';
import { ListContent } from '../../components/ListContent';
import { NothingMatches, NothingYet } from '../../components/ListMessage';
import type { Journal } from '../../hooks/useJournal';
import type { JournalQueryControls } from '../../hooks/useJournalQuery';
import { isJournalNarrowed } from '../../utils/journalQuery';

interface JournalContentProps {
  controls: JournalQueryControls;
  journal: Journal;
}

/** The page below its filters: entries and pagination, or what stands in for them. */
export function JournalContent({ controls, journal }: JournalContentProps) {
  const { query, filterBy, showAll } = controls;
  const [sessionId, setSessionId] = useState<string | null>(null);
  return (
    <>
      <ListContent
        live={journal}
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
          <JournalTable
            // The table remembers the cell that takes the tab key; another set of rows starts anew.
            key={JSON.stringify(query)}
            entries={data}
            onChooseUser={(userId) => filterBy('userId', String(userId))}
            onShowSession={setSessionId}
          />
        )}
      </ListContent>
      {sessionId !== null && (
        <EntrySession sessionId={sessionId} onClose={() => setSessionId(null)} />
      )}
    </>
  );
}
