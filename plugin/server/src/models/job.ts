import { defineModel } from './model';

/** The lock, the progress and the last result of a job. */
export default defineModel({
  name: 'job',
  tableName: 'magic_sessionmanager_jobs',
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
  indexes: [{ name: 'magic_sessionmanager_jobs_uq', columns: ['name'], type: 'unique' }],
});
