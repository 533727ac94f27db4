import type { Core } from '../../../../shared/core';
import { monotonicMs } from '../../clock';
import type { SharedLimiter } from './shared-limiter';
import { accountKeyOf, networkKeyOf } from './login-keys';
import { createLoginRules, type LoginCore, type LoginOutcome } from './login-rules';
import { createWaitQueue } from '../../async/wait-queue';

/** What is known of an attempt to log in before the password is looked at. */
export interface LoginAttempt {
  identifier: string;
  ip: string;
}

/** An attempt that may be made. */
export interface OpenAttempt {
  /** Has to be called whatever comes of the attempt; until that is noted, it counts as failed. */
  end(outcome: LoginOutcome): void;
}

/** An attempt that may not be made before some time has passed. */
export interface LimitedAttempt {
  retryAfterMs: number;
}

/** Makes failed logins cost more and more time, per account and per address. */
export interface LoginBackOff {
  /**
   * Asks whether an attempt may be made. It counts as failed until it ends, so that guesses at the
   * same time are no more than guesses one after another; what that holds up waits for its turn.
   */
  begin(attempt: LoginAttempt): Promise<OpenAttempt | LimitedAttempt>;
}

/** What {@link createLoginBackOff} works with. */
export interface LoginBackOffParts {
  core: Core;
  rules: LoginCore;
  limits: SharedLimiter;
  /** Is told of each attempt whose outcome could not be noted. */
  report: (error: unknown) => void;
}

/** How long an attempt waits at most for others, in milliseconds. */
const MAX_WAIT_MS = 60_000;

/** How soon it looks again whether attempts at other instances have ended, in milliseconds. */
const RECHECK_AFTER_MS = 3000;

/** More than these do not wait. */
const MAX_WAITING = 1000;

/** What is told to those who have waited in vain, in milliseconds. */
const RETRY_AFTER_MS = 1000;

/** Makes the back-off; nothing that was typed is kept, only fingerprints under the app's key. */
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
      const giveUpAtMs = monotonicMs() + MAX_WAIT_MS;
      for (;;) {
        const permit = await limits.decideForNow(keys, login.open(attempt));
        if (permit.type === 'granted') return { end };
        if (permit.type === 'held') return { retryAfterMs: permit.retryAfterMs };
        if (monotonicMs() > giveUpAtMs || waitQueue.size() >= MAX_WAITING) {
          return { retryAfterMs: RETRY_AFTER_MS };
        }
        await waitQueue.wait(keys, RECHECK_AFTER_MS);
      }
    },
  };
}
