import { defineModel } from './model';

/**
 * Links secrets of other plugins, such as their refresh tokens, to the session whose token left in
 * the same answer.
 *
 * A row has the fingerprint of a secret, never the secret. The user id is 0 where the same text
 * left for several users, which no secret does. `shared` tells that it left for several sessions of
 * the user; the session is the newest.
 */
export default defineModel({
  name: 'link',
  tableName: 'magic_sessionmanager_links',
  attributes: {
    fingerprint: { type: 'string', required: true },
    userId: { type: 'integer', required: true },
    sessionId: { type: 'string', required: true },
    shared: { type: 'boolean' },
    keepUntilMs: { type: 'biginteger', required: true },
  },
  indexes: [
    { name: 'magic_sessionmanager_links_fingerprint_uq', columns: ['fingerprint'], type: 'unique' },
    { name: 'magic_sessionmanager_links_keep_ix', columns: ['keep_until_ms'] },
  ],
});
