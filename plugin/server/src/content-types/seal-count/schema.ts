import { hiddenTable } from '../hidden-table';

/** The number of tokens sealed under each key, across instances and restarts. */
export default hiddenTable({
  collectionName: 'magic_seal_counts',
  info: {
    singularName: 'seal-count',
    pluralName: 'seal-counts',
    displayName: 'Seals per key',
  },
  attributes: {
    keyId: { type: 'string', required: true },
    seals: { type: 'biginteger', required: true },
  },
  indexes: [{ name: 'magic_seal_counts_uq', columns: ['key_id'], type: 'unique' }],
});
