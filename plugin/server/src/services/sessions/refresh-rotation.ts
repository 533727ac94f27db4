import type { Core } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { CachedSession, SessionCache } from '../../stores/memory/session-cache';
import type { InTransaction } from '../../stores/database/sql/transaction';
import type { TokenExchange, RotationStore } from '../../stores/database/rotation-store';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import type { StrapiSessionStore } from '../../stores/database/strapi-session-store';
import type { PublishEvent } from '../journal/event-hub';
import { SYSTEM, VISITOR } from '../requests/actor';
import { loadServerCore } from '../settings/load-core';
import { claimedRotation } from './token-identity';
import type { Sessions } from './sessions';

/** A refresh token with the id of Strapi's row behind it. */
export interface IssuedRefreshToken {
  token: string;
  sessionId: string;
}

/** A new refresh token with the access token that was issued along with it. */
export interface IssuedPair extends IssuedRefreshToken {
  accessToken?: string;
}

/** The chain of refresh tokens of a session, each exchanged for the next. */
export interface RefreshRotation {
  /**
   * Classifies a refresh token that a client wants to exchange.
   *
   * @returns `fresh` if it was not exchanged yet, its child if that may be issued again, and else
   *   `refused`. A refused token may have terminated the session (`refresh_reuse`).
   */
  classify(
    session: CachedSession,
    token: string,
  ): Promise<'fresh' | 'refused' | IssuedRefreshToken>;
  /** Records that a token was exchanged for a child; returns the valid child. */
  follow(
    session: CachedSession,
    parent: string,
    child: IssuedPair,
  ): Promise<'refused' | IssuedRefreshToken>;
  /** Records that a request used an access token of this rotation. */
  recordUse(rotatedId: string): Promise<void>;
}

/** Dependencies of {@link createRefreshRotation}. */
export interface RefreshRotationParts {
  core: Core;
  sessions: Sessions;
  store: SessionStore;
  rotations: RotationStore;
  strapiSessions: StrapiSessionStore;
  cache: SessionCache;
  publish: PublishEvent;
  inTransaction: InTransaction;
}

/** Creates the refresh rotation; the core decides on reuse (RFC 9700, section 4.14.2). */
export function createRefreshRotation(parts: RefreshRotationParts): RefreshRotation {
  const { core, sessions, store, rotations, strapiSessions, cache } = parts;
  const { publish, inTransaction } = parts;

  /** Returns the child of a lost response; `null` where it is not stored, or is not the newest. */
  async function storedChild(
    session: CachedSession,
    rotatedId: string,
  ): Promise<IssuedRefreshToken | null> {
    const { sessionId } = session;
    const stored = (await store.find(sessionId))?.refreshToken;
    if (!stored || !['primary', 'previous'].includes(core.keyStateOf(stored))) return null;
    const token = core.open(sessionId, 'refreshToken', stored);
    return claimedRotation(token) === rotatedId ? { token, sessionId: rotatedId } : null;
  }

  async function classify(
    session: CachedSession,
    token: string,
  ): Promise<'fresh' | 'refused' | IssuedRefreshToken> {
    const exchange = await rotations.exchangeOf(claimedRotation(token) ?? '');
    // Strapi validates tokens that were not exchanged, and tokens that only claim the same id.
    if (exchange?.parentFingerprint !== fingerprintOf(token)) return 'fresh';
    const { rotatedId, rotatedAtMs, used: childUsed } = exchange;
    const decision = core.decideRefresh({ rotatedAtMs, childUsed }, nowMs());
    if (decision === 'retry') return (await storedChild(session, rotatedId)) ?? 'refused';
    const { sessionId, userId } = session;
    publish('session.refresh-reused', { session: { id: sessionId, userId } }, VISITOR);
    await sessions.terminate(sessionId, 'refresh_reuse', SYSTEM);
    return 'refused';
  }

  /** Records the exchange first: a concurrent termination then finds the new id and removes it. */
  function record(
    sessionId: string,
    exchange: TokenExchange,
    { token: refreshToken, accessToken }: IssuedPair,
  ): Promise<'recorded' | 'superseded' | 'terminated'> {
    return inTransaction(async () => {
      if (!(await rotations.addExchange(exchange, sessionId))) return 'superseded';
      await rotations.markUsed(exchange.parentId);
      const kept = await sessions.keepTokens(sessionId, { refreshToken, accessToken });
      return kept ? 'recorded' : 'terminated';
    });
  }

  return {
    classify,

    async follow(session, parent, child) {
      const { sessionId } = session;
      const parentId = claimedRotation(parent) ?? '';
      const exchange = {
        rotatedId: child.sessionId,
        parentId,
        parentFingerprint: fingerprintOf(parent),
        rotatedAtMs: nowMs(),
      };
      const outcome = await record(sessionId, exchange, child);
      if (outcome === 'superseded') {
        const other = await rotations.exchangeOf(parentId);
        if (other?.rotatedId !== child.sessionId) await strapiSessions.remove([child.sessionId]);
        const classification = await classify(session, parent);
        return classification === 'fresh' ? 'refused' : classification;
      }
      cache.putRotation(child.sessionId, sessionId);
      cache.markUnused(child.sessionId);
      if (outcome === 'recorded') return { token: child.token, sessionId: child.sessionId };
      await strapiSessions.remove([child.sessionId]);
      return 'refused';
    },

    async recordUse(rotatedId) {
      if (!cache.takeUnused(rotatedId)) return;
      try {
        await rotations.markUsed(rotatedId);
      } catch (error) {
        // Another instance may have recorded it before the database failed.
        if ((await rotations.find(rotatedId))?.used) return;
        cache.markUnused(rotatedId);
        throw error;
      }
    },
  };
}

/**
 * Fingerprints a whole token with its signature; without a key, to stay the same under a new key.
 */
function fingerprintOf(token: string): string {
  return loadServerCore().sessionIdFor(token);
}
