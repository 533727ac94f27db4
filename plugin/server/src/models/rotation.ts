import { defineModel } from './model';

/**
 * Maps rotated session ids of Strapi (refresh mode) to their session and their parent token.
 *
 * The first id of a family is the session id itself and has no row, except for an adopted session,
 * whose row records the adoption until `keepUntilMs`. A token that does not name its session has a row
 * under an id that is derived from the token, also until `keepUntilMs`.
 */
export default defineModel({
  name: 'rotation',
  tableName: 'magic_sessionmanager_rotations',
  attributes: {
    rotatedId: { type: 'string', required: true },
    sessionId: { type: 'string', required: true },
    parentId: { type: 'string' },
    parentFingerprint: { type: 'string' },
    rotatedAtMs: { type: 'biginteger' },
    used: { type: 'boolean' },
    usedBy: { type: 'string' },
    keepUntilMs: { type: 'biginteger' },
  },
  indexes: [
    { name: 'magic_sessionmanager_rotations_rotated_uq', columns: ['rotated_id'], type: 'unique' },
    { name: 'magic_sessionmanager_rotations_parent_uq', columns: ['parent_id'], type: 'unique' },
    { name: 'magic_sessionmanager_rotations_session_ix', columns: ['session_id'] },
    { name: 'magic_sessionmanager_rotations_keep_ix', columns: ['keep_until_ms'] },
  ],
});
