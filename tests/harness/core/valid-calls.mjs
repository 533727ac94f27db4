import { Adoption, IssueDecision, NetworkKind, RevokedBy, SweepTurn, Verdict } from './core.mjs';
import { SECRET } from './hostile-values.mjs';
import { kindsOf, literalsOf } from './types.mjs';
import { NOW } from './valid-values.mjs';

const EVENTS = kindsOf('SessionEvent');
const STEPS = kindsOf('ScriptStep');
const FIELDS = literalsOf('TokenField');
const HEX_12 = /^[0-9a-f]{12}$/;
const HEX_32 = /^[0-9a-f]{32}$/;
const FINGERPRINT = /^[\w-]{43}$/;
const ENVELOPE = /^v1\.[0-9a-f]{12}\.[\w-]{16}\.[\w-]{22,}$/;

/** The refusals of `checkRequest`, of which each stands alone. */
const REFUSALS = [Verdict.Expired, Verdict.Terminated, Verdict.Idle, Verdict.Revoked];

/** The kinds of networks that have no country. */
const NOBODYS = [NetworkKind.Private, NetworkKind.Reserved, NetworkKind.Unknown];

const matches = (form) => (text) => form.test(text);

/** Makes a place at which a token is sealed, and the envelope of one under the primary or a previous key. */
function sealed(values, { core, former }) {
  const place = [values.hex(32), values.random.pick(FIELDS)];
  const sealer = values.truth() ? core : former;
  return [...place, sealer.seal(...place, values.secret())];
}

/**
 * Every function of the module and every method of a core, by name. `make` returns the arguments of a
 * valid call; it gets the values and the cores `core`, which is called, and `former`, whose key is a
 * previous key of it. `holds` tells what the declared type of the result does not say.
 */
export const CALLS = {
  Core: {
    make: (values) => [values.options(), values.keySource()],
    holds: (core) => HEX_12.test(core.keyId()) && core.sealCount() === 0,
  },
  'Core.newSessionId': { make: () => [], holds: matches(HEX_32) },
  'Core.checkRequest': {
    make: (values) => [
      values.random.below(3),
      ...[values.time(), values.time(), values.time(), values.time()],
      values.now(),
    ],
    holds: (flags) => REFUSALS.includes(flags) || (flags & ~7) === 0,
  },
  'Core.transition': {
    make: (values) => [
      values.orNull(() => values.session()),
      values.event(values.random.pick(EVENTS)),
      values.now(),
    ],
    holds: ({ session }) =>
      session === null || (session.state === 'terminated') === (session.reason !== null),
  },
  'Core.sweepPlan': { make: (values) => [values.now()] },
  'Core.decideLimit': {
    make: (values) => [
      values.list(5, () => ({
        sessionId: values.hex(32),
        loggedInAtMs: values.time(),
        knownRevocation: values.whole(0, 100),
        lastSeenAtMs: values.time(),
        expiresAtMs: values.orNull(() => values.time()),
      })),
      values.hex(32),
      values.time(),
      values.whole(0, 100),
      values.now(),
    ],
    holds: ({ type, sessionIds }) => (type === 'evict') === sessionIds.length > 0,
  },
  'Core.decideRefresh': {
    make: (values) => [
      values.orNull(() => ({
        rotatedAtMs: values.time(),
        childUsed: values.truth(),
        childUsedBy: values.orNull(() => values.secret()),
        presentedBy: values.orNull(() => values.secret()),
      })),
      values.now(),
    ],
  },
  'Core.touchPeriodMs': { make: () => [], holds: Number.isSafeInteger },
  'Core.seal': {
    make: (values) => [values.hex(32), values.random.pick(FIELDS), values.secret()],
    holds: (envelope, [sessionId, field, token], { core }) =>
      ENVELOPE.test(envelope) && core.open(sessionId, field, envelope) === token,
  },
  'Core.open': { make: sealed, holds: (token) => token.startsWith(SECRET) },
  'Core.reseal': {
    make: sealed,
    holds: (envelope, given, { core }) => core.keyStateOf(envelope) === 'primary',
  },
  'Core.keyStateOf': { make: (values, cores) => [sealed(values, cores)[2]] },
  'Core.sealCount': { make: () => [], holds: Number.isSafeInteger },
  // A core whose key is used up would refuse the seals of other calls.
  'Core.setSealTotal': { make: (values) => [values.whole(0, 2 ** 31)] },
  'Core.fingerprint': { make: (values) => [values.secret()], holds: matches(FINGERPRINT) },
  'Core.keyId': { make: () => [], holds: matches(HEX_12) },
  Geography: { make: (values) => [values.tables()] },
  'Geography.startList': { make: () => [] },
  'Geography.addToList': {
    make: (values) => [values.list(5, () => `${values.address()},a name`).join('\n')],
    holds: (rejected, [text]) => rejected <= text.split('\n').length,
  },
  'Geography.finishList': {
    make: (values, { geography }) => {
      geography.addToList('192.0.2.0/24');
      return [values.random.pick(literalsOf('ListKind'))];
    },
    holds: (ranges) => ranges > 0,
  },
  'Geography.locate': {
    make: (values) => [values.address()],
    holds: (code) => code >> 8 === 0 || !NOBODYS.includes(code & 0xff),
  },
  'Core.clientOf': {
    make: (values) => [values.address(), values.list(3, () => values.address()).join(', ')],
    holds: ({ isTrusted, networks }) => isTrusted === (networks.length === 0),
  },
  'Core.decideLogin': {
    make: (values) => [
      values.orNull(() => values.loginRecord()),
      values.origin(),
      values.truth(),
      values.now(),
    ],
    holds: ({ allowed, retryAfterMs }) => allowed === (retryAfterMs === 0),
  },
  'Core.settleLogin': {
    make: (values) => [
      values.orNull(() => values.loginRecord()),
      values.origin(),
      values.truth(),
      values.random.pick(literalsOf('LoginOutcome')),
      values.now(),
    ],
  },
  'Core.countFailure': {
    make: (values) => [
      values.list(4, () => values.subject()),
      values.random.pick(['take', 'force', 'give-back']),
      values.whole(1, 100),
      values.now(),
    ],
    holds: ({ allowances }, [states]) => allowances.length === states.length,
  },
  decideQuota: {
    make: (values) => [
      {
        limit: values.whole(1, 1_000_000),
        windowMs: values.whole(1, 31_536_000_000),
        burst: values.whole(1, 10_000),
      },
      values.orNull(() => ({ atMs: values.time(), ticks: values.random.below(1_000_000) })),
      values.whole(1, 100),
      values.now(),
    ],
    holds: ({ tat }, [{ limit }]) => tat.ticks < limit,
  },
  parseSettings: { make: (values) => [values.orNull(() => values.options())] },
  describeSettings: { make: () => [], holds: (options) => options.length > 0 },
  generateKey: { make: () => [], holds: matches(/^[\w+/]{43}=$/) },
  keyIdOf: {
    make: (values, cores) => [sealed(values, cores)[2]],
    holds: (id) => id === null || HEX_12.test(id),
  },
  sealCountToWarnAt: { make: () => [], holds: (count) => count === 2 ** 31 },
  sessionIdFor: {
    make: (values) => [values.random.pick(literalsOf('IdSource')), values.secret()],
    holds: matches(HEX_32),
  },
  passwordFingerprint: {
    make: (values) => [values.orNull(() => values.secret())],
    holds: matches(HEX_32),
  },
  decideAccount: {
    make: (values) => [
      values.orNull(() => values.hex(32)),
      values.orNull(() => ({ blocked: values.truth(), passwordFingerprint: values.hex(32) })),
    ],
  },
  ranOut: {
    make: (values) => [values.orNull(() => values.time()), values.orNull(() => values.time())],
  },
  isLaterLogin: {
    make: (values) => [values.orNull(() => values.time()), values.orNull(() => values.time())],
  },
  revokedBy: {
    make: (values) => [values.time(), values.whole(0, 100), values.time(), values.whole(0, 100)],
    holds: (part) => Object.values(RevokedBy).includes(part),
  },
  decideAdoption: {
    make: (values) => [values.orNull(() => values.time()), values.time(), values.time()],
    holds: (decision) => Object.values(Adoption).includes(decision),
  },
  sweepTurn: {
    make: (values) => [values.whole(0, 100), values.whole(0, 100)],
    holds: (turn) => Object.values(SweepTurn).includes(turn),
  },
  loginOrigin: {
    make: (values) => [values.list(3, () => values.hex(12)), values.list(3, () => values.hex(12))],
    holds: matches(/^(unknown|known:[0-9a-f]+)$/),
  },
  placesKnownSinceMs: {
    make: (values) => [values.now()],
    holds: (sinceMs) => sinceMs >= 0,
  },
  secretFingerprint: {
    make: (values) => [values.truth() ? values.secret() : values.hex(40)],
    holds: (text) => text === null || HEX_32.test(text),
  },
  decideIssue: {
    make: (values) => [values.truth(), values.truth(), values.truth()],
    holds: (decision) => Object.values(IssueDecision).includes(decision),
  },
  simulate: {
    make: (values) => [
      values.options(),
      values.list(6, () => values.step(values.random.pick(STEPS))),
      // A simulation that ends after the last time is refused.
      values.whole(1, NOW),
    ],
  },
  impact: {
    make: (values) => [
      values.options(),
      values.columns(),
      values.now(),
      values.orNull(() => values.time()),
    ],
  },
  forecastLogins: { make: (values) => [values.options()] },
};
