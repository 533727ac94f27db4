import type { Client, Core, FailureDecision } from '../../../../shared/core';
import type { LimitEntry } from '../../stores/limit-store';
import type { Rule, SharedLimiter, Texts } from '../limits/shared-limiter';
import type { DecidedRefusal } from './refusal';

/** A granted attempt. */
export interface GrantedNetwork {
  /** Ends the attempt; one that did not fail is given back. Call it once. */
  end(failed: boolean): Promise<void>;
}

/** Decides on attempts by the failed logins of networks, and of names that no account has. */
export interface NetworkAttempts {
  /**
   * Takes an attempt from the allowances of a client's networks, and of a name.
   *
   * @param name The typed name where no account has it; `null` for an account.
   */
  take(client: Client, name: string | null): Promise<GrantedNetwork | DecidedRefusal>;
  /** Returns for how long the networks of a client are locked, in milliseconds; 0 if they are not. */
  lockedForMs(client: Client): Promise<number>;
  /** Forgets the failed logins of a client's networks. */
  clear(client: Client): Promise<void>;
  /** Counts a failed login that was not taken before. */
  count(client: Client): Promise<void>;
  /** Returns the keys under which attempts from there wait for each other. */
  keysOf(client: Client, name: string | null): string[];
  /** Tells whether this process has another attempt from there under way. */
  isUnderWay(keys: readonly string[]): boolean;
}

/** The used functions of the core. */
export type NetworkCore = Pick<Core, 'countFailure' | 'fingerprint'>;

/** Something that failed logins are counted for, and the key of its allowance. */
interface Counted {
  subject: Client['networks'][number]['subject'] | 'name';
  key: string;
}

/** No account has a longer name. */
const MAX_NAME_LENGTH = 1000;

/**
 * Returns a name as failed logins by it are counted.
 *
 * users-permissions looks up e-mail addresses in lower case, so their spellings count as one, as they
 * do for an account.
 */
function countedName(name: string): string {
  const cut = name.slice(0, MAX_NAME_LENGTH);
  const spelled = cut.includes('@') ? cut.toLowerCase() : cut;
  // Half of a pair of UTF-16 is replaced, because the core takes whole characters only.
  return Buffer.from(spelled, 'utf8').toString('utf8');
}

/** Creates the decisions; keys are fingerprints under the app's key, never what was typed. */
export function createNetworkAttempts(core: NetworkCore, limits: SharedLimiter): NetworkAttempts {
  const underWay = new Map<string, number>();

  function countedFor({ networks }: Client, name: string | null): Counted[] {
    const named = (subject: Counted['subject'], text: string): Counted => ({
      subject,
      key: `login-${subject}:${core.fingerprint(`${subject} ${text}`)}`,
    });
    const counted = networks.map(({ subject, network }) => named(subject, network));
    return name === null ? counted : [...counted, named('name', countedName(name))];
  }

  const isUnderWay = (keys: readonly string[]): boolean => keys.some((key) => underWay.has(key));

  function change(counted: readonly Counted[], by: 1 | -1): void {
    for (const { key } of counted) {
      const left = (underWay.get(key) ?? 0) + by;
      if (left > 0) underWay.set(key, left);
      else underWay.delete(key);
    }
  }

  const countRule =
    (counted: readonly Counted[], how: 'take' | 'force' | 'give-back'): Rule<FailureDecision> =>
    (texts, { nowMs, shares }) => {
      const decision = core.countFailure(statesOf(counted, texts), how, shares, nowMs);
      return { result: decision, keep: entriesOf(counted, decision) };
    };

  return {
    async take(client, name) {
      const counted = countedFor(client, name);
      const keys = keysOf(counted);
      let mayChange = false;
      const decision = await limits.decide(keys, countRule(counted, 'take'), ({ allowed }) => {
        mayChange = isUnderWay(keys);
        if (allowed) change(counted, 1);
      });
      if (!decision.allowed) return { ...decision, mayChange };
      return {
        async end(failed) {
          try {
            if (!failed) await limits.decide(keys, countRule(counted, 'give-back'));
          } finally {
            change(counted, -1);
          }
        },
      };
    },

    async lockedForMs(client) {
      const counted = countedFor(client, null);
      const look: Rule<number> = (texts, { nowMs, shares }) => {
        const { retryAfterMs } = core.countFailure(statesOf(counted, texts), 'take', shares, nowMs);
        // Nothing is taken: equal texts are not written.
        const keep = texts.map((text) => (text === null ? null : { text, forgetAtMs: 0 }));
        return { result: retryAfterMs, keep };
      };
      return await limits.decideForNow(keysOf(counted), look);
    },

    async clear(client) {
      const counted = countedFor(client, null);
      const clear: Rule<void> = (texts) => ({ result: undefined, keep: texts.map(() => null) });
      await limits.decide(keysOf(counted), clear);
    },

    async count(client) {
      const counted = countedFor(client, null);
      await limits.decide(keysOf(counted), countRule(counted, 'force'));
    },

    keysOf: (client, name) => keysOf(countedFor(client, name)),
    isUnderWay,
  };
}

const keysOf = (counted: readonly Counted[]): string[] => counted.map(({ key }) => key);

/** An allowance as the core writes it. */
const ALLOWANCE = /^\d{1,16},\d{1,16},[01]$/;

/** Other programs can write to Redis. A text that is no allowance counts as none. */
function statesOf(counted: readonly Counted[], texts: Texts): string[] {
  return counted.map(({ subject }, place) => {
    const text = texts[place];
    return text && ALLOWANCE.test(text) ? `${subject} ${text}` : subject;
  });
}

/** A network's failures must not be forgotten early; a name without an account has none to guess. */
function entriesOf(
  counted: readonly Counted[],
  { allowances }: FailureDecision,
): (LimitEntry | null)[] {
  return counted.map(({ subject }, place) => {
    const allowance = allowances[place];
    if (!allowance) return null;
    const { text, wholeAtMs, locked } = allowance;
    return { text, forgetAtMs: wholeAtMs + 1, mustStay: subject !== 'name' || locked };
  });
}
