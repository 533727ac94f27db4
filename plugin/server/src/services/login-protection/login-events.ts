import { createDetached } from '../../async/detached';
import type { Core } from '../../../../shared/core';
import type { RequestContext } from '../../strapi';
import type { EmitEvent } from '../journal/event-hub';
import type { Journal } from '../journal/journal';
import type { RateLimiter } from '../limits/rate-limiter';
import { actorOf } from '../requests/actor';
import type { RequestFacts } from '../requests/login-facts';
import { networkOf } from '../requests/network';
import type { RefusedAttempt } from './refusal';

/** Tells of failed and refused logins, never with what was typed. */
export interface LoginEvents {
  /**
   * Tells of a failed login; the journal names the user whose account was tried, the event does not.
   */
  failed(ctx: RequestContext, userId: number | null): void;
  /** Tells of a refused login, and of the lock that it may begin. */
  refused(ctx: RequestContext, userId: number | null, refusal: RefusedAttempt): void;
}

/** Dependencies of {@link createLoginEvents}. */
export interface LoginEventsParts {
  core: Pick<Core, 'clientOf' | 'fingerprint'>;
  facts: RequestFacts;
  journal: Journal;
  emit: EmitEvent;
  /** Limits the events of one network, to keep clients from filling the journal. */
  perNetwork: RateLimiter;
  /** Limits the events of all networks together. */
  ofAll: RateLimiter;
}

/** Creates the events. */
export function createLoginEvents(parts: LoginEventsParts): LoginEvents {
  const { core, facts, journal, emit, perNetwork, ofAll } = parts;
  const detached = createDetached();
  let omitted = 0;

  /** Allows the event if the limiter fails: a fault must not hide a failed login. */
  async function mayTell(ip: string | null): Promise<boolean> {
    try {
      const network = core.fingerprint(networkOf(core, ip ?? ''));
      return (await perNetwork.use(network)).allowed && (await ofAll.use('all')).allowed;
    } catch {
      return true;
    }
  }

  function tell(ip: string | null, act: () => void, omit: () => void = () => undefined): void {
    detached(() => {
      void mayTell(ip).then((isAllowed) => {
        if (isAllowed) act();
        else omit();
      });
    });
  }

  /** Locks have a quota of their own, so that failed logins do not hide them. */
  async function tellLock(act: () => void): Promise<void> {
    const use = await ofAll.use('locks').catch(() => null);
    if (use?.allowed ?? true) act();
  }

  return {
    failed(ctx, userId) {
      const { method, ip, userAgent } = facts.loginFactsOf(ctx);
      const [told, by] = [{ method, ip, userAgent }, actorOf(ctx)];
      const act = (): void => {
        journal.record('login.failed', { ...told, userId, omitted }, by);
        omitted = 0;
        emit('login.failed', told);
      };
      tell(ip, act, () => (omitted += 1));
    },

    refused(ctx, userId, { retryAfterMs, locks }) {
      const { method, ip, userAgent } = facts.loginFactsOf(ctx);
      const [told, by] = [{ method, ip, userAgent, retryAfterMs }, actorOf(ctx)];
      if (locks) {
        const locked = { ...told, user: userId === null ? null : { id: userId } };
        detached(() => {
          void tellLock(() => {
            journal.record('login.locked', locked, by);
            emit('login.locked', locked);
          });
        });
      }
      tell(ip, () => emit('login.limited', told));
    },
  };
}
