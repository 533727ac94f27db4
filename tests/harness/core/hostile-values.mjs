import { readFileSync } from 'node:fs';
import { describeSettings } from '../../../pkg/magic_sessionmanager.js';
import { ZERO_KEY } from './core.mjs';

/** Is part of every text that stands for a secret, and of no message. */
export const SECRET = 'hunter2';

/** Is thrown by hostile values. */
const FROM_A_TRAP = new Error(SECRET);

const NOW = 1_700_000_000_000;
const CORPUS = readFileSync(new URL('../../corpus/envelopes.txt', import.meta.url), 'utf8').split(
  '\n',
);
const WORDS = [
  ...['active', 'inactive', 'terminated', 'loggedIn', 'requestSeen', 'terminateRequested', 'admin'],
  ...['accessToken', 'refreshToken', 'configured', 'derived', '__proto__', 'constructor', ''],
  ...['0'.repeat(32), ZERO_KEY, `${ZERO_KEY},${ZERO_KEY}`, `${SECRET}${ZERO_KEY}`, SECRET],
];
const NAMES = [
  ...['state', 'type', 'reason', 'kind', 'key', 'secret', 'previous', 'previousSecret', 'length'],
  ...['loggedInAtMs', 'lastSeenAtMs', 'lastTouchedAtMs', 'terminatedAtMs', '__proto__', 'x'],
  ...['states', 'sessionId', 'notBefore'],
  ...describeSettings().map(({ name }) => name),
];
const NUMBERS = [
  ...[0, -0, 1, 2, 3, -1, 0.5, NOW, NOW + 1, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e300, 5e-324],
  ...[Number.NaN, Infinity, -Infinity],
];

/** Makes values of every kind, JSON or not, near to what the functions take and far from it. */
export class HostileValues {
  constructor(random) {
    this.random = random;
  }

  /**
   * Replaces one argument, or one property within it, by a hostile value, or adds one. Returns the
   * arguments and the place: the index of the argument and the names within it.
   */
  change(given) {
    const place = [];
    return { given: this.#changed(given, place), place };
  }

  #changed(value, place) {
    const entries = Object.entries(value);
    const name = entries.length > 0 ? this.random.pick(entries)[0] : '0';
    place.push(name);
    const isWithin = isPlain(value[name]) && this.random.below(4) > 0;
    const next = isWithin
      ? this.#changedProperty(value[name], place)
      : this.#inPlaceOf(value[name]);
    const copy = Array.isArray(value) ? [...value] : { ...value };
    // A definition makes even `__proto__` an ordinary property.
    Object.defineProperty(copy, name, { value: next, enumerable: true, configurable: true });
    return copy;
  }

  #changedProperty(value, place) {
    if (this.random.below(8)) return this.#changed(value, place);
    const name = this.random.pick(Array.isArray(value) ? ['0', '7'] : NAMES);
    place.push(name);
    return Object.assign(Array.isArray(value) ? [...value] : { ...value }, { [name]: this.any() });
  }

  /** Makes a value that is near to another one, or far from it. */
  #inPlaceOf(value) {
    const { random } = this;
    if (random.below(3) === 0) return this.any();
    if (typeof value === 'string') return this.mutated(value);
    if (typeof value === 'number')
      return random.pick([-value, value + 0.5, `${value}`, ...NUMBERS]);
    if (!ArrayBuffer.isView(value)) return this.any();
    const copy = value.slice(0, value.length - random.below(2));
    if (copy.length > 0) copy[random.below(copy.length)] = random.pick(NUMBERS);
    return copy;
  }

  any(depth = 3) {
    const { random } = this;
    const makers = [
      () => this.text(),
      () => this.text(),
      () => random.pick(NUMBERS),
      () => random.pick(NUMBERS),
      () => random.pick([true, false, null, undefined]),
      () => (depth > 0 ? this.object(depth - 1) : {}),
      () => (depth > 0 ? this.object(depth - 1) : {}),
      () => (depth > 0 ? this.list(depth - 1) : []),
      () => this.odd(),
    ];
    return random.pick(makers)();
  }

  text() {
    const { random } = this;
    const makers = [
      () => random.pick(WORDS),
      () => random.pick(CORPUS),
      () => this.mutated(random.pick([...WORDS, ...CORPUS])),
      () => SECRET + random.text(random.below(50)),
      () =>
        random.pick([`${SECRET}\ud800`, '\udfff', SECRET.repeat(random.below(50) ? 9 : 20_000)]),
    ];
    return random.pick(makers)();
  }

  mutated(text) {
    const at = this.random.below(text.length + 1);
    return text.slice(0, at) + this.random.text(this.random.below(3)) + text.slice(at + 1);
  }

  object(depth) {
    const entries = Array.from({ length: this.random.below(7) }, () => [
      this.random.pick(NAMES),
      this.any(depth),
    ]);
    return Object.fromEntries(entries);
  }

  list(depth) {
    return Array.from({ length: this.random.below(5) }, () => this.any(depth));
  }

  /** Gives what JSON does not have: symbols, functions, proxies and getters that throw, and the like. */
  odd() {
    const fail = () => {
      throw FROM_A_TRAP;
    };
    const makers = [
      () => Symbol(SECRET),
      () => () => SECRET,
      () => 2n ** 64n,
      () => new Date(NOW),
      () => new Map([[SECRET, SECRET]]),
      () => new String(ZERO_KEY),
      () => new Array(this.random.below(50) ? 5 : 10 ** 6),
      () => Object.create(null),
      () => new Proxy({}, { ownKeys: fail, get: fail }),
      () => new Proxy([], { ownKeys: fail, get: fail }),
      () => Object.defineProperty({}, 'kind', { enumerable: true, get: fail }),
      () => Object.defineProperty([{}], '0', { enumerable: true, get: fail }),
      () => ({ valueOf: fail, toString: fail, [Symbol.toPrimitive]: fail }),
      () => revoked({}),
      () => revoked([]),
      () => new Uint8Array(this.random.below(3)),
      () => new Float64Array(this.random.below(3)),
      () => new Proxy(new Uint8Array(1), { get: fail, getPrototypeOf: fail }),
      () => new Proxy(new Float64Array(1), { get: fail }),
      () => Object.create(Uint8Array.prototype),
      () => Object.defineProperty(new Float64Array(1), 'length', { value: 1e9 }),
    ];
    return this.random.pick(makers)();
  }
}

/** Tells whether a value of a valid call has properties that may be changed one by one. */
function isPlain(value) {
  return (Array.isArray(value) || value?.constructor === Object) && Object.keys(value).length > 0;
}

/** Makes a proxy of which nothing can be asked any more. */
function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}
