import assert from 'node:assert/strict';
import { snapshotOf } from './stored-sessions.mjs';

const TERMINATION = ['reason', 'state', 'terminated_at_ms', 'termination_id'];

/** The columns that each effect changes. */
const CHANGED_BY = {
  touch: ['last_seen_at_ms'],
  reactivate: ['state'],
  markInactive: ['state'],
  revokeRefreshFamily: TERMINATION,
};

/** What an effect may change as well: the token that is stored, and what is not of the machine. */
const MAY_CHANGE = {
  followRotation: ['refresh_token', 'expires_at_ms'],
  revokeRefreshFamily: ['refresh_token', 'expires_at_ms'],
  deny: ['token_refused_at_ms'],
};

/** Applies events to the row of a session, up to the first refusal; `now` is in Unix milliseconds. */
export function expected(core, events, row, now) {
  let session = snapshotOf(row) ?? null;
  const effects = [];
  for (const event of events) {
    const step = core.transition(session ?? undefined, event, now);
    session = step.session;
    effects.push(...step.effects);
    if (step.effects.some(({ type }) => type === 'deny')) break;
  }
  return { session, effects, denial: effects.find(({ type }) => type === 'deny')?.reason ?? null };
}

/** Fails unless a row has become what the core expects; `startMs` and `endMs` bound the time of the event. */
export function assertRow({ session, effects }, before, after, { startMs, endMs }) {
  if (session === null) return assert.equal(after, undefined, 'there is a row');
  assert.ok(after, 'there is no row');
  const { state, reason } = snapshotOf(after);
  assert.deepEqual({ state, reason }, { state: session.state, reason: session.reason });
  const moved = (name, expectedMs) => {
    const atMs = Number(after[name]);
    if (expectedMs === Number(before[name])) return assert.equal(atMs, expectedMs, name);
    return assert.ok(atMs >= startMs && atMs <= endMs, `${name}: ${startMs} ≤ ${atMs} ≤ ${endMs}`);
  };
  moved('logged_in_at_ms', session.loggedInAtMs);
  moved('last_seen_at_ms', session.lastTouchedAtMs);
  if (session.terminatedAtMs !== null) moved('terminated_at_ms', session.terminatedAtMs);
  assertChanges(effects, before, after);
}

function assertChanges(effects, before, after) {
  const of = (columns) => effects.flatMap(({ type }) => columns[type] ?? []);
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  const may = of(MAY_CHANGE);
  assert.deepEqual(
    changed.filter((name) => !may.includes(name)).sort(),
    [...new Set(of(CHANGED_BY))].sort(),
    'the changed columns',
  );
  const types = effects.map(({ type }) => type);
  if (types.includes('revokeRefreshFamily')) assert.equal(after.refresh_token, null);
}
