import type { Settings } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { CachedSession, SessionCache } from '../../stores/memory/session-cache';
import type { NotBeforeStore } from '../../stores/database/not-before-store';
import type { RotationStore } from '../../stores/database/rotation-store';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import type { StrapiSessionStore } from '../../stores/database/strapi-session-store';
import type { TokenIdentity } from './token-identity';
import { loginFactsOf, type LoginFacts } from '../requests/login-facts';
import type { SessionFactory } from './new-session';
import type { SessionLookup } from './session-lookup';

/** Leads from a token to its session, and begins that of a token from before the plugin. */
export interface SessionResolver {
  /** Finds or begins the session of a verified token; `null` if it has none and gets none. */
  resolve(identity: TokenIdentity): Promise<CachedSession | null>;
  /** Finds the session that an id of Strapi's own session row belongs to. */
  findByRotation(rotation: string): Promise<CachedSession | null>;
  /**
   * Begins the session of a family of Strapi's from before the plugin, by a row of it that stands;
   * `null` if there is none of the user, and where such logins are not taken over.
   */
  adoptRotation(rotation: string, userId: number): Promise<CachedSession | null>;
}

/** What {@link createSessionResolver} works with. */
export interface SessionResolverParts {
  settings: () => Settings;
  store: SessionStore;
  rotations: RotationStore;
  strapiSessions: StrapiSessionStore;
  cache: SessionCache;
  lookup: SessionLookup;
  notBefores: NotBeforeStore;
  sessionFactory: SessionFactory;
}

/** Makes the way from tokens to sessions. */
export function createSessionResolver(parts: SessionResolverParts): SessionResolver {
  const { settings, store, rotations, strapiSessions, cache, lookup, notBefores, sessionFactory } =
    parts;

  async function findByRotation(rotation: string): Promise<CachedSession | null> {
    const familiar = cache.sessionOfRotation(rotation);
    if (familiar) return await lookup.find(familiar);
    const root = await lookup.find(rotation);
    if (root) return root;
    const found = await rotations.find(rotation);
    if (!found) return null;
    cache.putRotation(rotation, found.sessionId);
    if (!found.used) cache.markUnused(rotation);
    return await lookup.find(found.sessionId);
  }

  async function resolve(identity: TokenIdentity): Promise<CachedSession | null> {
    if (identity.kind === 'sid') return await lookup.find(identity.id);
    if (identity.kind === 'rotation') {
      return (
        (await findByRotation(identity.id)) ?? (await adoptRotation(identity.id, identity.userId))
      );
    }
    const keepUntilMs = identity.expiresAtMs;
    return (await lookup.find(identity.id)) ?? (await adopt(identity, { keepUntilMs }));
  }

  /** A token is adopted once: if its session is gone then, that has ended and stays so. */
  async function adopt(
    { id: sessionId, userId, issuedAtMs }: Omit<TokenIdentity, 'kind' | 'expiresAtMs'>,
    times: Partial<Pick<SessionRow, 'loggedInAtMs' | 'keepUntilMs'>>,
  ): Promise<CachedSession | null> {
    if (settings().strict) return null;
    const ending = await notBefores.findForUser(userId);
    if (issuedAtMs !== undefined && ending.some(({ atMs }) => issuedAtMs < atMs)) return null;
    if (await rotations.find(sessionId)) return await lookup.refetch(sessionId);
    const facts: LoginFacts = { ...loginFactsOf(undefined), method: 'adopted' };
    await store.insertIfAbsent({
      ...sessionFactory.newSession({ sessionId, userId, facts }),
      ...times,
    });
    await rotations.add(sessionId, sessionId);
    return await lookup.refetch(sessionId);
  }

  /** Strapi deletes the rows of what has ended, so a row that stands is a login from before us. */
  async function adoptRotation(rotation: string, userId: number): Promise<CachedSession | null> {
    const own = await strapiSessions.find(rotation);
    if (!own || Number(own.userId) !== userId) return null;
    const now = nowMs();
    const issuedAtMs = Math.min(new Date(own.createdAt ?? now).getTime(), now);
    return await adopt({ id: rotation, userId, issuedAtMs }, { loggedInAtMs: issuedAtMs });
  }

  return { resolve, findByRotation, adoptRotation };
}
