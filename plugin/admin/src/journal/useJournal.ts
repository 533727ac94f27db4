import type { JournalPage } from '../../../shared/contracts';
import { journalPath, type JournalQuery } from './journalQuery';
import { useLiveList, type LiveList } from '../data/useLiveList';

/** A page of the journal and its way to stay current. */
export type Journal = Omit<LiveList<JournalPage>, 'edit'>;

/** Loads the entries of a query and keeps them current. */
export function useJournal(query: JournalQuery): Journal {
  return useLiveList<JournalQuery, JournalPage>(query, journalPath);
}
