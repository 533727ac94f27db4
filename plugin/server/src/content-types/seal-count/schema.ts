/** How many tokens were sealed under each key, over all instances and restarts. */
export default {
  kind: 'collectionType',
  collectionName: 'magic_seal_counts',
  info: {
    singularName: 'seal-count',
    pluralName: 'seal-counts',
    displayName: 'Seals per key',
  },
  options: { draftAndPublish: false },
  pluginOptions: {
    'content-manager': { visible: false },
    'content-type-builder': { visible: false },
  },
  attributes: {
    keyId: { type: 'string', required: true },
    seals: { type: 'biginteger', required: true },
  },
  indexes: [{ name: 'magic_seal_counts_uq', columns: ['key_id'], type: 'unique' }],
};
