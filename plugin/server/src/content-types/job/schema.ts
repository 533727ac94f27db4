/** Which instance does a job at the moment, and what came of it the last time. */
export default {
  kind: 'collectionType',
  collectionName: 'magic_session_jobs',
  info: { singularName: 'job', pluralName: 'jobs', displayName: 'Session job' },
  options: { draftAndPublish: false },
  pluginOptions: {
    'content-manager': { visible: false },
    'content-type-builder': { visible: false },
  },
  attributes: {
    name: { type: 'string', required: true },
    holder: { type: 'string', required: true },
    heldUntilMs: { type: 'biginteger', required: true },
    startedAtMs: { type: 'biginteger' },
    inactiveSoFar: { type: 'integer' },
    endedSoFar: { type: 'integer' },
    deletedSoFar: { type: 'integer' },
    finishedAtMs: { type: 'biginteger' },
    tookMs: { type: 'biginteger' },
    inactive: { type: 'integer' },
    ended: { type: 'integer' },
    deleted: { type: 'integer' },
  },
  indexes: [{ name: 'magic_session_jobs_uq', columns: ['name'], type: 'unique' }],
};
