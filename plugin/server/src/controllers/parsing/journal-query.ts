import { JOURNAL_EVENTS } from '../../../../shared/contracts';
import type { JournalQuery } from '../../services/views/journal-list';
import {
  filtersFrom,
  oneOf,
  pageFrom,
  spanFrom,
  textFrom,
  userIdFrom,
  type Parameters,
} from './parameters';

const FILTERS = ['sessionId', 'userId', 'what', 'at'];

/**
 * Reads the query of the journal.
 *
 * @throws BadParameter for the first invalid parameter.
 */
export function journalQueryFrom(query: Parameters): JournalQuery {
  const filters = filtersFrom(query, FILTERS);
  return {
    ...pageFrom(query),
    sessionId: textFrom(filters.sessionId, 'filters[sessionId]'),
    userId: filters.userId === undefined ? null : userIdFrom(filters.userId, 'filters[userId]'),
    what: oneOf(JOURNAL_EVENTS, filters.what, 'filters[what]'),
    at: spanFrom(filters, 'at'),
  };
}
