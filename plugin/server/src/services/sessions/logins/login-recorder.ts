import type { TerminationReason } from '../../../../../shared/contracts';
import type { Settings } from '../../../../../shared/core';
import type { ProvisionalStore } from '../../../stores/database/sessions/provisional-store';
import type { SessionRow } from '../../../stores/database/sessions/session-row';
import type { RotationStore } from '../../../stores/database/rotation-store';
import type { SessionStore } from '../../../stores/database/sessions/session-store';
import type { SessionCache } from '../../../stores/memory/session-cache';
import type { PublishEvent } from '../../journal/event-hub';
import type { LoginBinding } from './login-binding';
import type { MissedRevocation } from '../missed-revocation';
import type { Login, SessionFactory } from './new-session';
import { SessionLimitReached, type SessionLimit } from './session-limit';
import type { SessionLookup } from '../session-lookup';

/** A session of which nobody was told yet. */
export type Beginning = Pick<SessionRow, 'sessionId' | 'userId' | 'method' | 'knownRevocation'>;

/** A login whose row is written. */
export interface RecordedLogin {
  /**
   * Begins its session: announces the login and enforces the session limit.
   *
   * @throws SessionLimitReached when the user has as many sessions as allowed.
   */
  begin: () => Promise<void>;
  /** Leaves its session to the first use of its token, because the token does not leave yet. */
  withhold: () => Promise<void>;
}

/** Records logins, and begins their sessions. */
export interface LoginRecorder {
  /**
   * Writes the row of a login; resolves once it is committed. The caller begins or withholds it.
   *
   * A login without {@link Login.startsAt} begins as soon as the caller says so.
   */
  record(login: Login): Promise<RecordedLogin>;
  /**
   * Announces a session that has begun, and enforces the session limit.
   *
   * @throws SessionLimitReached when the user has as many sessions as allowed.
   */
  announce(session: Beginning): Promise<void>;
  /** Announces a session that its own request began without a login, and enforces the limit. */
  announceBegun(session: Beginning): Promise<void>;
}

/** Dependencies of {@link createLoginRecorder}. */
export interface LoginRecorderParts {
  settings: () => Settings;
  store: SessionStore;
  rotations: RotationStore;
  provisionals: ProvisionalStore;
  cache: SessionCache;
  lookup: SessionLookup;
  sessionFactory: SessionFactory;
  binding: LoginBinding;
  limit: SessionLimit;
  missedRevocation: MissedRevocation;
  terminate: (sessionIds: readonly string[], reason: TerminationReason) => Promise<void>;
  publish: PublishEvent;
  /** Makes the place of a login known to its user; it never rejects. */
  loggedIn: (userId: number, method: string) => Promise<void>;
}

/** Creates the recorder. */
export function createLoginRecorder(parts: LoginRecorderParts): LoginRecorder {
  const { settings, store, rotations, provisionals, cache, lookup, sessionFactory } = parts;
  const { binding, limit, missedRevocation, terminate, publish, loggedIn } = parts;

  /** A login that may not count must not even for a moment, where sessions are counted. */
  const isProvisional = ({ startsAt }: Login): boolean =>
    startsAt === 'first-use' || (startsAt === 'answer' && settings().maxSessionsPerUser >= 0);

  async function publishAndLimit(session: Beginning): Promise<void> {
    const { sessionId, userId, method, knownRevocation } = session;
    publish('session.created', { session: { id: sessionId, userId, method } });
    const missed = missedRevocation({ userId, knownRevocation: knownRevocation ?? 0 });
    if (missed) await terminate([sessionId], missed.reason);
    await limit.enforce({ sessionId, userId });
  }

  const announce: LoginRecorder['announce'] = async (session) => {
    await publishAndLimit(session);
    await loggedIn(session.userId, session.method);
  };

  /** A token that does not name its session leads to it by an id of its own. */
  async function recordName({ sessionId, name }: Login): Promise<void> {
    if (name) await rotations.add(name.id, sessionId, name.keepUntilMs);
  }

  return {
    announce,

    announceBegun: (session) =>
      publishAndLimit(session).catch((error: unknown) => {
        // The limit has terminated the session, which its request finds.
        if (!(error instanceof SessionLimitReached)) throw error;
      }),

    async record(login) {
      const { knownAtMs, ...bound } = await (login.binding ?? binding.of(login.userId));
      const row = sessionFactory.newSession(login, bound);
      const { sessionId } = row;
      if (!isProvisional(login)) {
        await lookup.insert(row, knownAtMs, () => store.insert(row));
        await recordName(login);
        return {
          begin: () => announce(row),

          async withhold() {
            await provisionals.withhold(sessionId);
            cache.forget(sessionId);
          },
        };
      }
      await provisionals.insert(row);
      await recordName(login);
      return {
        async begin() {
          // Another request may have used the token already, which began the session.
          if (await provisionals.begin(sessionId, {})) await announce(row);
        },

        withhold: () => Promise.resolve(),
      };
    },
  };
}
