import { literalsOf } from '../core/types.mjs';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The options under which the ages below mean what they are named for. */
export const OPTIONS = {
  inactivityTimeout: 6 * HOUR_MS,
  lastSeenRateLimit: 10 * MINUTE_MS,
  absoluteTimeout: 60 * DAY_MS,
  terminatedRetentionDays: 30,
  refreshRetryWindow: 0,
};

/** An instant for everyone, before which only the sessions that say so have begun. */
export const EVERYONE_AGO_MS = 40 * DAY_MS;

const FRESH = { loggedInAgo: 2 * DAY_MS, lastSeenAgo: MINUTE_MS };
const STALE = { ...FRESH, lastSeenAgo: HOUR_MS };
const LAGGING = { ...FRESH, lastSeenAgo: OPTIONS.inactivityTimeout + 2 * MINUTE_MS };
const IDLE = { ...FRESH, lastSeenAgo: 12 * HOUR_MS };
const EXPIRED = { ...FRESH, loggedInAgo: 61 * DAY_MS };
/** A wrong clock has written the time of the login. */
const FUTURE = { ...FRESH, loggedInAgo: -61 * DAY_MS };
const EXPIRED_AND_IDLE = { ...EXPIRED, lastSeenAgo: 12 * HOUR_MS };
const EARLY = { ...FRESH, loggedInAgo: 45 * DAY_MS };

/** The ages of live sessions, by name. */
const AGES = {
  fresh: FRESH,
  stale: STALE,
  lagging: LAGGING,
  idle: IDLE,
  expired: EXPIRED,
  'from the future': FUTURE,
};
const LIVE = ['active', 'inactive'];

const ENDED = { state: 'terminated', reason: 'logout', ...STALE, terminatedAgo: DAY_MS };

/** An instant of the user, after the login of every session. */
const REVOKED = { instants: [{ ago: HOUR_MS, reason: 'password_changed' }] };

const SEEN = { type: 'requestSeen' };
const seenAt = (atMs, reason) => ({ type: 'requestSeen', notBefore: { atMs, reason } });
/** No session has begun after a revocation that its login did not know of. */
const MISSED = seenAt(Number.MAX_SAFE_INTEGER, 'logout_all');
const revoked = ({ now }) => seenAt(now - HOUR_MS, 'password_changed');

/** The cases of requests: what comes in over HTTP. */
function requestCases() {
  const cases = [
    { name: 'none, requestSeen', session: null, act: 'request', events: [SEEN] },
    { name: 'none, refreshed', session: null, act: 'refresh', events: [{ type: 'refreshed' }] },
    { name: 'none, replayed', session: null, act: 'replay', events: [{ type: 'replayed' }] },
    ...terminatingCases('none', null, ['admin']),
    { name: 'terminated, requestSeen', session: ENDED, act: 'request', events: [SEEN] },
    {
      name: 'terminated, refreshed',
      session: ENDED,
      act: 'refresh',
      events: [{ type: 'refreshed' }],
    },
    { name: 'terminated, replayed', session: ENDED, act: 'replay', events: [{ type: 'replayed' }] },
    ...terminatingCases('terminated', ENDED, ['admin']),
    {
      name: 'terminated, requestSeen before an instant',
      session: ENDED,
      ...REVOKED,
      act: 'request',
      events: (facts) => [revoked(facts)],
    },
  ];
  for (const state of LIVE) cases.push(...liveCases(state));
  return cases;
}

function liveCases(state) {
  const cases = [];
  for (const [age, ages] of Object.entries({ ...AGES, 'expired and idle': EXPIRED_AND_IDLE })) {
    const session = { state, ...ages };
    const name = `${state} and ${age}`;
    // A refresh is a request as well.
    const refresh = [{ type: 'refreshed' }, SEEN];
    cases.push(
      { name: `${name}, requestSeen`, session, act: 'request', events: [SEEN] },
      { name: `${name}, refreshed`, session, act: 'refresh', events: refresh },
      { name: `${name}, replayed`, session, act: 'replay', events: [{ type: 'replayed' }] },
      {
        name: `${name}, requestSeen before an instant`,
        ...{ session, ...REVOKED, act: 'request' },
        events: (facts) => [revoked(facts)],
      },
      {
        name: `${name}, requestSeen without knowing of a revocation`,
        ...{ session, missed: 'logout_all', act: 'request' },
        events: [MISSED],
      },
    );
  }
  const session = { state, ...FRESH };
  cases.push(
    {
      name: `${state}, refreshed before an instant`,
      ...{ session, ...REVOKED, act: 'refresh' },
      events: (facts) => [revoked(facts)],
    },
    ...edgeCases(state, 'request'),
    ...terminatingCases(state, session, literalsOf('Reason')),
  );
  return cases;
}

/** The instant of the login itself terminates nothing; the next one does. */
function edgeCases(state, act) {
  const at = (afterLoginMs) => ({
    session: { state, ...STALE },
    instants: [{ afterLoginMs, reason: 'role_changed' }],
    act,
    events: ({ session }) => [seenAt(session.loggedInAtMs + afterLoginMs, 'role_changed')],
  });
  return [
    { name: `${state}, ${act} from the instant of the login`, ...at(0) },
    { name: `${state}, ${act} a millisecond after the login`, ...at(1) },
  ];
}

function terminatingCases(state, session, reasons) {
  return reasons.map((reason) => ({
    name: `${state}, terminateRequested (${reason})`,
    ...{ session, act: 'terminate', reason },
    events: [{ type: 'terminateRequested', reason }],
  }));
}

/**
 * The cases of the clean-up. It must terminate for the reason that a request would be told. What a
 * request would not be refused for, the events of the sweep decide.
 */
function sweepCases() {
  const sweep = { act: 'sweep' };
  const elapsed = [{ type: 'absoluteElapsed' }, { type: 'idleElapsed' }];
  const retention = [{ type: 'retentionElapsed' }];
  const cases = [
    { name: 'none, sweep', session: null, ...sweep, events: retention },
    { name: 'terminated, sweep', session: ENDED, ...sweep, events: retention },
    {
      name: 'terminated long ago, sweep',
      session: { ...ENDED, terminatedAgo: 31 * DAY_MS },
      ...{ ...sweep, events: retention },
    },
    {
      name: 'terminated and expired and idle before an instant, sweep',
      session: { ...ENDED, ...EXPIRED_AND_IDLE },
      ...{ ...REVOKED, ...sweep, events: elapsed },
    },
  ];
  for (const state of LIVE) {
    for (const [age, ages] of Object.entries({ ...AGES, 'expired and idle': EXPIRED_AND_IDLE })) {
      const session = { state, ...ages };
      cases.push(
        { name: `${state} and ${age}, sweep`, session, ...sweep, events: elapsed },
        {
          name: `${state} and ${age}, sweep before an instant`,
          ...{ session, ...REVOKED, ...sweep },
          events: (facts) => [revoked(facts)],
        },
        {
          name: `${state} and ${age}, sweep without knowing of a revocation`,
          ...{ session, missed: 'logout_all', ...sweep },
          events: [MISSED],
        },
      );
    }
    cases.push(
      ...edgeCases(state, 'sweep').map((edge) => ({ ...edge, events: withoutSeen(edge) })),
    );
  }
  return cases;
}

/** A sweep sees no request, so what it does not terminate stays as it is. */
function withoutSeen({ events }) {
  return (facts) => {
    const [event] = events(facts);
    return event.notBefore.atMs > facts.session.loggedInAtMs ? [event] : [];
  };
}

/** The cases of an instant for everyone. Of two instants the later one counts. */
function everyoneCases() {
  const everyone = ({ now }) => seenAt(now - EVERYONE_AGO_MS, 'logout_all');
  const own = (agoDays) => ({ instants: [{ ago: agoDays * DAY_MS, reason: 'password_changed' }] });
  return LIVE.flatMap((state) =>
    ['request', 'sweep'].flatMap((act) => {
      const session = { state, ...EARLY };
      return [
        {
          name: `${state}, ${act} before an instant for everyone`,
          session,
          act,
          events: (facts) => [everyone(facts)],
        },
        {
          name: `${state}, ${act} before an earlier instant of the user, too`,
          ...{ session, ...own(42), act },
          events: (facts) => [everyone(facts)],
        },
        {
          name: `${state}, ${act} before a later instant of the user, too`,
          ...{ session, ...own(30), act },
          events: ({ now }) => [seenAt(now - 30 * DAY_MS, 'password_changed')],
        },
        {
          name: `${state}, ${act} before an equal instant of the user, too`,
          ...{ session, ...own(EVERYONE_AGO_MS / DAY_MS), act },
          events: ({ now }) => [seenAt(now - EVERYONE_AGO_MS, 'password_changed')],
        },
      ];
    }),
  );
}

/**
 * Every case: `session` is the state and the ages of a session, `null` for none; `instants` are raised
 * for its user before; `missed` is the reason of a revocation that its login did not know of; `act` is
 * what is done; `events` is what that is for the state machine, in order, up to the first refusal.
 */
export const CASES = { request: requestCases(), sweep: sweepCases(), everyone: everyoneCases() };
