import { JOURNAL_EVENTS } from '../../../../shared/contracts';
import type { JournalQuery } from '../../services/views/journal-list';
import { filtersFrom, pageFrom, textFrom, userIdFrom, wordIn, type Parameters } from './parameters';
import { spanFrom, valuesFrom } from './operators';

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
    sessionId: valuesFrom(filters, 'sessionId', textFrom),
    userId: valuesFrom(filters, 'userId', userIdFrom),
    what: valuesFrom(filters, 'what', wordIn(JOURNAL_EVENTS)),
    at: spanFrom(filters, 'at'),
  };
}
