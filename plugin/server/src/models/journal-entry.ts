import { defineModel } from './model';

/**
 * The entries of the journal: written once, never changed, deleted by age.
 *
 * The instant is in milliseconds since the Unix epoch.
 */
export default defineModel({
  name: 'journal-entry',
  tableName: 'magic_sessionmanager_journal',
  attributes: {
    atMs: { type: 'biginteger', required: true },
    what: { type: 'string', required: true },
    actorType: { type: 'string', required: true },
    actorId: { type: 'integer' },
    // An import gives ids to other users, but keeps document ids.
    actorDocumentId: { type: 'string' },
    sessionId: { type: 'string' },
    userId: { type: 'integer' },
    userDocumentId: { type: 'string' },
    why: { type: 'string' },
    details: { type: 'text' },
    ip: { type: 'string' },
    userAgent: { type: 'text' },
  },
  indexes: [
    { name: 'magic_sessionmanager_journal_at_ix', columns: ['at_ms'] },
    { name: 'magic_sessionmanager_journal_session_ix', columns: ['session_id', 'at_ms'] },
    { name: 'magic_sessionmanager_journal_user_ix', columns: ['user_id', 'at_ms'] },
    { name: 'magic_sessionmanager_journal_what_ix', columns: ['what', 'at_ms'] },
  ],
});
