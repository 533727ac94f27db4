import type { OwnLoginAttempt } from '../../../../shared/contracts';
import type { Core } from '../../../../shared/core';
import type { RequestContext } from '../../strapi';
import type { KnownPlaces } from './known-places';
import type { LoginEvents } from './login-events';
import type { LoginProtection } from './login-protection';

/** The attempts of login routes that an app has itself, such as by phone or one-time code. */
export interface OwnAttempts {
  /**
   * Asks for permission to check a password or a code.
   *
   * @param attempt The name that was typed, or the id of the user, and the address of the client.
   * @throws TypeError if the attempt names neither a user nor an identifier, or no address.
   */
  attempt(attempt: { identifier?: string; userId?: number; ip: string }): Promise<OwnLoginAttempt>;
}

/** Dependencies of {@link createOwnAttempts}. */
export interface OwnAttemptsParts {
  core: Pick<Core, 'clientOf'>;
  protection: LoginProtection;
  places: KnownPlaces;
  events: LoginEvents;
  request: () => RequestContext | undefined;
  /** Returns the id of the user with a name or an e-mail address; `null` without one. */
  findUser: (identifier: string) => Promise<number | null>;
}

/** An attempt that the app does not end has failed, in milliseconds. */
const FORGOTTEN_MS = 30_000;

/** Creates the attempts. */
export function createOwnAttempts(parts: OwnAttemptsParts): OwnAttempts {
  const { core, protection, places, events, request, findUser } = parts;

  return {
    async attempt({ identifier, userId, ip }) {
      if (typeof ip !== 'string')
        throw new TypeError('attempt: ip takes the address of the client');
      const isNamed = typeof identifier === 'string' || Number.isSafeInteger(userId);
      if (!isNamed)
        throw new TypeError('attempt: name an identifier (a text) or a userId (a number)');
      const client = core.clientOf(ip, '');
      const user = userId ?? (await findUser(identifier ?? ''));
      const place = places.placeOf(ip);
      const begun = await protection.begin(
        user === null
          ? { name: identifier ?? '', client }
          : { userId: user, sessionId: null, places: place === null ? [] : [place], client },
      );
      const ctx = request();
      if ('locks' in begun) {
        if (ctx) events.refused(ctx, user, begun);
        return { allowed: false, retryAfterMs: begun.retryAfterMs };
      }
      return allowed(async (outcome) => {
        await begun.end(outcome);
        if (ctx && outcome === 'failed') events.failed(ctx, user);
        if (outcome === 'succeeded' && user !== null && place !== null)
          await places.open(user, place);
      });
    },
  };
}

/** Lets an attempt end once; its first end counts. */
function allowed(end: (outcome: 'succeeded' | 'failed') => Promise<void>): OwnLoginAttempt {
  let ended: Promise<void> | null = null;
  const endOnce = (outcome: 'succeeded' | 'failed'): Promise<void> => {
    clearTimeout(forgotten);
    return (ended ??= end(outcome));
  };
  // Others wait for an attempt under way, and an app may forget to end it.
  const forgotten = setTimeout(() => void endOnce('failed').catch(() => undefined), FORGOTTEN_MS);
  forgotten.unref();
  return {
    allowed: true,
    succeeded: () => endOnce('succeeded'),
    failed: () => endOnce('failed'),
  };
}
