import { createKeyedMutex } from '../../../async/keyed-mutex';
import { nowMs } from '../../../clock';
import type { RotationStore } from '../../../stores/database/rotation-store';
import type { SessionStore } from '../../../stores/database/sessions/session-store';
import type { CachedSession, SessionCache } from '../../../stores/memory/session-cache';
import { loadServerCore } from '../../settings/load-core';
import type { Beginning } from '../logins/login-recorder';
import type { Login } from '../logins/new-session';
import type { SessionLookup } from '../session-lookup';
import { nextProviderSession } from './provider-identity';
import type { ProviderToken } from './token-identity';

const DAY_MS = 24 * 60 * 60_000;

/** How long it is remembered that a provider's session began, in milliseconds. */
const MARK_MS = 400 * DAY_MS;

/** The longest chain of terminated sessions on one device that is followed. */
const MAX_SESSIONS = 100;

/** How long the records of a provider's session are kept, in Unix milliseconds. */
export interface KeepProviderSession {
  sessionUntilMs: number;
  markUntilMs: number;
}

/** Finds or begins the sessions of tokens that an app's own `jwt.verify` accepted. */
export interface ProviderSessions {
  /**
   * Returns the session of a token; `null` if it is refused.
   *
   * @param isUse Whether the token is used, which begins the session of one that the app issued.
   */
  resolve(token: ProviderToken, isUse: boolean): Promise<CachedSession | null>;
}

/** Dependencies of {@link createProviderSessions}. */
export interface ProviderSessionsParts {
  lookup: SessionLookup;
  store: SessionStore;
  cache: SessionCache;
  rotations: RotationStore;
  /** Finds the session that a token of the app would begin, or begins it by its use. */
  provisional: (sessionId: string, userId: number, isUse: boolean) => Promise<CachedSession | null>;
  /** Writes a session unless it was there before; returns `null` if it may not begin. */
  begin: (
    login: Omit<Login, 'name'>,
    issuedAtMs: number | undefined,
    keep: KeepProviderSession,
  ) => Promise<CachedSession | null>;
  /** Announces a session that has begun. */
  begun: (session: Beginning) => Promise<void>;
}

/**
 * Creates the sessions of providers.
 *
 * A terminated session stays terminated. Where the provider names no session, a token that was issued
 * after the termination begins the next one on its device, because nothing tells it from a new login.
 */
export function createProviderSessions(parts: ProviderSessionsParts): ProviderSessions {
  const { lookup, store, cache, rotations, provisional, begin, begun } = parts;
  const { isLaterLogin } = loadServerCore();
  const mutex = createKeyedMutex();

  async function beginSession(id: string, token: ProviderToken): Promise<CachedSession | null> {
    const { userId } = token;
    const facts = token.facts();
    // The provider may issue another token for the session at any time.
    const login = { sessionId: id, userId, facts, expiresAtMs: null, startsAt: 'now' } as const;
    const keep = { sessionUntilMs: keepUntil(token), markUntilMs: nowMs() + MARK_MS };
    const session = await begin(login, token.issuedAtMs, keep);
    if (!session) return null;
    const { knownRevocation } = session;
    await begun({ sessionId: id, userId, method: facts.method, knownRevocation });
    return await lookup.find(id);
  }

  /** Tells whether a token may begin the session after a terminated one. */
  async function isNewer(id: string, { issuedAtMs, isNamed }: ProviderToken): Promise<boolean> {
    if (isNamed || issuedAtMs === undefined) return false;
    const row = await store.find(id);
    // A deleted session was terminated, or never began.
    if (!row) return (await rotations.find(id)) !== null;
    return isLaterLogin(issuedAtMs, row.terminatedAtMs);
  }

  async function sessionOf(token: ProviderToken): Promise<CachedSession | null> {
    let { id } = token;
    for (let sessions = 0; sessions < MAX_SESSIONS; sessions += 1) {
      const known = await lookup.find(id);
      if (known) await store.keepUntil(id, keepUntil(token));
      const session = known ?? (await beginSession(id, token));
      const isOver = session === null || session.state === 'terminated';
      if (!isOver || !(await isNewer(id, token))) return session;
      id = nextProviderSession(id);
    }
    return null;
  }

  async function find(token: ProviderToken, isUse: boolean): Promise<CachedSession | null> {
    // A token that the app issued with a key of its own is known by itself.
    const issued = await rotations.find(token.tokenId);
    if (issued) {
      const { sessionId } = issued;
      return (await lookup.find(sessionId)) ?? (await provisional(sessionId, token.userId, isUse));
    }
    return await mutex.run(token.id, () => sessionOf(token));
  }

  return {
    async resolve(token, isUse) {
      const key = `${token.tokenId} ${token.id}`;
      const cached = cache.sessionOfRotation(key);
      if (cached !== undefined) return await lookup.find(cached);
      const session = await find(token, isUse);
      if (session && !session.isProvisional) cache.putRotation(key, session.sessionId);
      return session;
    },
  };
}

/** A record outlives the tokens that were seen. */
function keepUntil({ expiresAtMs }: ProviderToken): number {
  return Math.min(expiresAtMs, nowMs() + MARK_MS);
}
