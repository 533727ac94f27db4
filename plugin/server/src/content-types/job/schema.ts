import { hiddenTable } from '../hidden-table';

/** The lock, the progress and the last result of a job. */
export default hiddenTable({
  collectionName: 'magic_session_jobs',
  info: { singularName: 'job', pluralName: 'jobs', displayName: 'Session job' },
  attributes: {
    name: { type: 'string', required: true },
    holder: { type: 'string', required: true },
    heldUntilMs: { type: 'biginteger', required: true },
    startedAtMs: { type: 'biginteger' },
    inactiveSoFar: { type: 'integer' },
    terminatedSoFar: { type: 'integer' },
    deletedSoFar: { type: 'integer' },
    finishedAtMs: { type: 'biginteger' },
    tookMs: { type: 'biginteger' },
    inactive: { type: 'integer' },
    terminated: { type: 'integer' },
    deleted: { type: 'integer' },
  },
  indexes: [{ name: 'magic_session_jobs_uq', columns: ['name'], type: 'unique' }],
});
