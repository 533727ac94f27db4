import { createKeyedMutex } from '../../../async/keyed-mutex';
import { nowMs } from '../../../clock';
import type { ProvisionalStore } from '../../../stores/database/sessions/provisional-store';
import type { SessionRow } from '../../../stores/database/sessions/session-row';
import type { CachedSession } from '../../../stores/memory/session-cache';
import type { LoginFacts } from '../../requests/login-facts';
import type { LoginRecorder } from './login-recorder';
import { SessionLimitReached } from './session-limit';
import { cachedFrom, type SessionLookup } from '../session-lookup';
import type { UserRefusal } from '../user-refusal';

/** The tokens whose sessions begin at their first use. */
export interface ProvisionalSessions {
  /**
   * Returns the session that a token would begin, terminated if the token is refused; `null` if there
   * is none. It begins nothing.
   */
  find(sessionId: string, userId: number): Promise<CachedSession | null>;
  /** Begins the session of a token that is used, and returns it, likewise. */
  use(sessionId: string, userId: number): Promise<CachedSession | null>;
}

/** Dependencies of {@link createProvisionalSessions}. */
export interface ProvisionalSessionsParts {
  store: ProvisionalStore;
  refusalOf: UserRefusal;
  lookup: SessionLookup;
  recorder: LoginRecorder;
  /** Returns the facts of the current request. */
  facts: () => LoginFacts;
}

/** Creates the provisional sessions; the store decides who begins one. */
export function createProvisionalSessions(parts: ProvisionalSessionsParts): ProvisionalSessions {
  const { store, refusalOf, lookup, recorder, facts } = parts;
  const mutex = createKeyedMutex();

  async function waiting(sessionId: string, userId: number): Promise<SessionRow | null> {
    const row = await store.find(sessionId);
    if (row?.userId !== userId) return null;
    const reason = await refusalOf(row);
    return reason === null ? row : { ...row, state: 'terminated', reason };
  }

  const found = (row: SessionRow | null): CachedSession | null =>
    row && { ...cachedFrom(row, Number.NEGATIVE_INFINITY), isProvisional: true };

  async function begin(row: SessionRow): Promise<CachedSession | null> {
    const { sessionId } = row;
    const now = nowMs();
    const { ip, userAgent, device } = facts();
    const { type: deviceType, browser, os } = device;
    const place = { ip, userAgent, deviceType, browser, os };
    const begun = await store.begin(sessionId, { loggedInAtMs: now, lastSeenAtMs: now, ...place });
    if (begun) {
      await recorder.announce(row).catch((error: unknown) => {
        // The limit has terminated it, which its request is told.
        if (!(error instanceof SessionLimitReached)) throw error;
      });
    }
    return await lookup.refetch(sessionId);
  }

  return {
    find: async (sessionId, userId) => found(await waiting(sessionId, userId)),

    use: (sessionId, userId) =>
      mutex.run(sessionId, async () => {
        const row = await waiting(sessionId, userId);
        // A request at the same time may have begun it.
        if (row === null) return await lookup.find(sessionId);
        return row.state === 'terminated' ? found(row) : await begin(row);
      }),
  };
}
