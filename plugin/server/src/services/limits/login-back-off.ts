import type { Core } from '../../../../shared/core';
import { monotonicMs } from '../../clock';
import type { SharedLimiter } from './shared-limiter';
import { networkKeyOf } from '../requests/network';
import { accountKeyOf } from './login-keys';
import { createLoginRules, type LoginCore, type LoginOutcome } from './login-rules';
import { createWaitQueue } from '../../async/wait-queue';

/** An attempt to log in, before the password is checked. */
export interface LoginAttempt {
  identifier: string;
  ip: string;
}

/** A permitted attempt. */
export interface OpenAttempt {
  /** Records the outcome; the caller must call it, and until then the attempt counts as failed. */
  end(outcome: LoginOutcome): void;
}

/** An attempt that may not be made yet. */
export interface LimitedAttempt {
  retryAfterMs: number;
}

/** Delays logins after failures, by account and by address. */
export interface LoginBackOff {
  /**
   * Asks for permission to make an attempt.
   *
   * A pending attempt counts as failed, to permit no more concurrent guesses than successive ones.
   * An attempt that only pending attempts hold up waits for their outcome.
   */
  begin(attempt: LoginAttempt): Promise<OpenAttempt | LimitedAttempt>;
}

/** Dependencies of {@link createLoginBackOff}. */
export interface LoginBackOffParts {
  core: Core;
  rules: LoginCore;
  limits: SharedLimiter;
  /** Receives the error of each attempt whose outcome could not be recorded. */
  report: (error: unknown) => void;
}

/** The longest wait of an attempt for others, in milliseconds. */
const MAX_WAIT_MS = 60_000;

/** The interval between checks for outcomes on other instances, in milliseconds. */
const RECHECK_AFTER_MS = 3000;

/** The maximum number of waiting attempts; further ones are limited at once. */
const MAX_WAITING = 1000;

/** The retry delay for attempts that waited without success, in milliseconds. */
const RETRY_AFTER_MS = 1000;

/** Creates a back-off; it stores fingerprints under the app's key, never what was typed. */
export function createLoginBackOff({
  core,
  rules,
  limits,
  report,
}: LoginBackOffParts): LoginBackOff {
  const instance = core.newSessionId();
  const login = createLoginRules(rules, instance);
  const waitQueue = createWaitQueue();
  let begun = 0;

  const keyOf = (subject: string, name: string): string =>
    `login:${subject}:${core.fingerprint(`${subject} ${name}`)}`;

  return {
    async begin({ identifier, ip }) {
      const keys = [
        keyOf('identifier', accountKeyOf(identifier)),
        keyOf('address', networkKeyOf(ip)),
      ];
      begun += 1;
      const attempt = `${instance}-${begun}`;
      const close = async (outcome: LoginOutcome): Promise<void> => {
        await limits.decide(keys, login.close(attempt, outcome));
        waitQueue.wakeNext(keys);
      };
      const end = (outcome: LoginOutcome): void => void close(outcome).catch(report);
      const deadlineMs = monotonicMs() + MAX_WAIT_MS;
      for (;;) {
        const permit = await limits.decideForNow(keys, login.open(attempt));
        if (permit.type === 'granted') return { end };
        if (permit.type === 'locked') return { retryAfterMs: permit.retryAfterMs };
        if (monotonicMs() > deadlineMs || waitQueue.size() >= MAX_WAITING) {
          return { retryAfterMs: RETRY_AFTER_MS };
        }
        await waitQueue.wait(keys, RECHECK_AFTER_MS);
      }
    },
  };
}
