import type { JournalPage } from '../../../shared/contracts';
import { useLiveList } from '../data/useLiveList';
import type { ServerQuery } from '../data/useServerQuery';
import { journalPath, type JournalQuery } from './journalQuery';

/** A page of the journal, with the function that reloads it. */
export type Journal = Omit<ServerQuery<JournalPage>, 'edit'>;

/** Loads the entries of a query and keeps them current. */
export function useJournal(query: JournalQuery): Journal {
  return useLiveList<JournalQuery, JournalPage>(query, journalPath);
}
