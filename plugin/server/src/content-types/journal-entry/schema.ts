import { hiddenTable } from '../hidden-table';

/**
 * The entries of the journal: written once, never changed, deleted by age.
 *
 * The instant is in milliseconds since the Unix epoch.
 */
export default hiddenTable({
  collectionName: 'magic_session_journal',
  info: {
    singularName: 'journal-entry',
    pluralName: 'journal-entries',
    displayName: 'Entry of the session journal',
  },
  attributes: {
    atMs: { type: 'biginteger', required: true },
    what: { type: 'string', required: true },
    actorType: { type: 'string', required: true },
    actorId: { type: 'integer' },
    sessionId: { type: 'string' },
    userId: { type: 'integer' },
    why: { type: 'string' },
    details: { type: 'text' },
    ip: { type: 'string' },
    userAgent: { type: 'text' },
  },
  indexes: [
    { name: 'magic_session_journal_at_ix', columns: ['at_ms'] },
    { name: 'magic_session_journal_session_ix', columns: ['session_id', 'at_ms'] },
    { name: 'magic_session_journal_user_ix', columns: ['user_id', 'at_ms'] },
    { name: 'magic_session_journal_what_ix', columns: ['what', 'at_ms'] },
  ],
});
