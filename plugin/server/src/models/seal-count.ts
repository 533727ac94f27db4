import { defineModel } from './model';

/** The number of tokens sealed under each key, across instances and restarts. */
export default defineModel({
  name: 'seal-count',
  tableName: 'magic_sessionmanager_seal_counts',
  attributes: {
    keyId: { type: 'string', required: true },
    seals: { type: 'biginteger', required: true },
  },
  indexes: [{ name: 'magic_sessionmanager_seal_counts_uq', columns: ['key_id'], type: 'unique' }],
});
