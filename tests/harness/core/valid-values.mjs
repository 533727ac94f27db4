import { describeSettings } from '../../../pkg/magic_sessionmanager.js';
import { SECRET } from './hostile-values.mjs';
import { literalsOf } from './types.mjs';

export const NOW = 1_700_000_000_000;
const MONTH_MS = 30 * 24 * 60 * 60 * 1000;
const LAST_DATE = 8_640_000_000_000_000;
const OPTIONS = describeSettings();
const REASONS = literalsOf('Reason');
const STATES = literalsOf('SessionState');
const NETWORKS = ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', '::1'];
const ADDRESSES = [
  '203.0.113.7',
  '[2001:db8::7]:443',
  'fe80::1%eth0',
  '10.1.2.3',
  '',
  'no address',
];

/** Makes values that the functions of the core document as valid. */
export class ValidValues {
  constructor(random) {
    this.random = random;
  }

  /** Makes a whole number from `from` to `to`, the bounds more often than others. */
  whole(from, to) {
    const { random } = this;
    if (random.below(8) === 0) return random.pick([from, to]);
    return from + Math.floor((random.below(2 ** 32) / 2 ** 32) * (to - from + 1));
  }

  truth() {
    return this.random.below(2) === 1;
  }

  orNull(make) {
    return this.random.below(4) ? make() : this.random.pick([null, undefined]);
  }

  list(most, make) {
    return Array.from({ length: this.random.below(most + 1) }, make);
  }

  hex(length) {
    return this.random.bytes(length / 2).toString('hex');
  }

  time() {
    if (this.random.below(8)) return this.whole(NOW - MONTH_MS, NOW + MONTH_MS);
    return this.random.pick([0, 1, NOW, LAST_DATE, Number.MAX_SAFE_INTEGER]);
  }

  /** Makes a present time: not 0, and not so late that a time after it is no number any more. */
  now() {
    return Math.min(Math.max(this.time(), 1), LAST_DATE);
  }

  /** Makes a text that nobody but its owner may read. */
  secret() {
    return SECRET + this.random.text(this.random.below(100));
  }

  /** Makes 32 bytes in base64. They begin with the marker of secrets. */
  key() {
    const marked = Buffer.from(`${SECRET}A`, 'base64');
    return Buffer.concat([marked, this.random.bytes(32 - marked.length)]).toString('base64');
  }

  reason() {
    return this.random.pick(REASONS);
  }

  notBefore() {
    return { atMs: this.time(), reason: this.reason() };
  }

  session() {
    const state = this.random.pick(STATES);
    const isTerminated = state === 'terminated';
    return {
      state,
      loggedInAtMs: this.time(),
      lastSeenAtMs: this.time(),
      lastTouchedAtMs: this.time(),
      terminatedAtMs: isTerminated ? this.time() : null,
      reason: isTerminated ? this.reason() : null,
    };
  }

  event(type) {
    if (type === 'requestSeen') return { type, notBefore: this.orNull(() => this.notBefore()) };
    return type === 'terminateRequested' ? { type, reason: this.reason() } : { type };
  }

  step(type) {
    const everyMs = this.whole(1, MONTH_MS);
    if (type === 'requests') return { type, everyMs, forMs: everyMs * this.random.below(50) };
    if (type === 'pause') return { type, forMs: everyMs };
    return type === 'terminate' ? { type, reason: this.reason() } : { type };
  }

  /** Makes the stored sessions of a preview. */
  columns() {
    const count = this.random.below(20);
    const times = () => Float64Array.from({ length: count }, () => this.time());
    return {
      states: Uint8Array.from({ length: count }, () => this.random.below(3)),
      loggedInAtMs: times(),
      lastSeenAtMs: times(),
      terminatedAtMs: times(),
      keepUntilMs: times(),
    };
  }

  /** Makes a configuration: some options of the table, and groups as objects or by their whole names. */
  options() {
    const options = {};
    for (const option of OPTIONS) {
      if (this.random.below(3)) continue;
      const [group, name] = option.name.split('.');
      const isNested = name !== undefined && this.truth();
      const target = isNested ? (options[group] ??= {}) : options;
      target[isNested ? name : option.name] = this.orNull(() => this.#option(option));
    }
    return options;
  }

  #option({ name, kind, min, max, choices }) {
    const { random } = this;
    if (kind === 'boolean') return this.truth();
    if (kind === 'networks') return this.list(3, () => random.pick(NETWORKS));
    if (kind === 'secret') return name.endsWith('Previous') ? this.previousKeys() : this.key();
    if (kind === 'choice' || (choices && this.truth())) return random.pick(choices);
    // A limit of -1 is none. Whether an option takes 0 as well depends on the option.
    return min === -1 && random.below(4) === 0 ? -1 : this.whole(Math.abs(min), max);
  }

  previousKeys() {
    const keys = this.list(3, () => this.key());
    return this.truth() ? keys : keys.join(',');
  }

  keySource() {
    const source = this.truth()
      ? { kind: 'configured', key: this.key() }
      : { kind: 'derived', secret: this.secret() };
    return {
      ...source,
      previous: this.orNull(() => this.previousKeys()),
      previousSecret: this.orNull(() => this.secret()),
    };
  }

  /** The tables of a geography: all of IPv4 and IPv6 is one country's. */
  tables() {
    const everywhere = [0, 1];
    const table = (value) => [
      ...Buffer.from(`MSG1\x01${value}`),
      ...[everywhere.length, 0, 0, 0],
      ...everywhere,
      ...everywhere,
    ];
    return {
      countries: this.truth() ? Uint8Array.from(table('DE')) : new Uint8Array(),
      hosting: this.truth() ? Uint8Array.from(table('--')) : new Uint8Array(),
    };
  }

  address() {
    return this.random.pick(ADDRESSES);
  }

  origin() {
    const { random } = this;
    return random.pick(['unknown', `known:${this.hex(8)}`, 'session:one']);
  }

  /** Makes a stored allowance, which is never near the last time either. */
  allowance() {
    const atMs = this.whole(0, NOW + MONTH_MS);
    return `${atMs},${this.random.below(1000)},${this.random.below(2)}`;
  }

  /** Makes the stored failed logins of an account. */
  loginRecord() {
    const { random } = this;
    const parts = [`c${random.below(40)},${random.below(80)},${random.below(2)}`];
    if (this.truth()) parts.push(`u${this.allowance()}`);
    const origin = () => random.pick(['known:home', 'known:office', 'session:one']);
    parts.push(...this.list(2, () => `${origin()},${random.below(20)},${this.allowance()}`));
    return parts.join(' ');
  }

  /** Makes a network or a name for which failed logins are counted, with its stored allowance or without. */
  subject() {
    const subject = this.random.pick(['client', 'household', 'site', 'name']);
    return this.truth() ? subject : `${subject} ${this.allowance()}`;
  }
}
