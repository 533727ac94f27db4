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

/** A child as it is issued, with the access token that was issued along with it. */
export interface IssuedPair extends IssuedRefreshToken {
  accessToken?: string;
}

/** The chain of refresh tokens of a session, each exchanged for the next. */
export interface RefreshRotation {
  /**
   * Judges a token that a client wants to exchange: `fresh` if it has not been exchanged yet; its
   * child if that may be handed out once more; else `refused`, and the session may have ended.
   */
  classify(
    session: CachedSession,
    token: string,
  ): Promise<'fresh' | 'refused' | IssuedRefreshToken>;
  /** Notes that a token was exchanged for a child; gives the child that counts. */
  follow(
    session: CachedSession,
    parent: string,
    child: IssuedPair,
  ): Promise<'refused' | IssuedRefreshToken>;
  /** Notes that a request came with an access token of this rotation. */
  recordUse(rotatedId: string): Promise<void>;
}

/** What {@link createRefreshRotation} works with. */
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

/** Puts the core's decision between an exchanged token and its child. */
export function createRefreshRotation(parts: RefreshRotationParts): RefreshRotation {
  const { core, sessions, store, rotations, strapiSessions, cache } = parts;
  const { publish, inTransaction } = parts;

  /** Gives the child that a lost response held; `null` where it is not stored, or is not the newest. */
  async function childAgain(
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
    // Strapi judges what it has not exchanged, and what only claims to be that token.
    if (exchange?.parentFingerprint !== fingerprintOf(token)) return 'fresh';
    const { rotatedId, rotatedAtMs, used: childUsed } = exchange;
    const decision = core.decideRefresh({ rotatedAtMs, childUsed }, nowMs());
    if (decision === 'retry') return (await childAgain(session, rotatedId)) ?? 'refused';
    const { sessionId, userId } = session;
    publish('session.refresh-reused', { session: { id: sessionId, userId } }, VISITOR);
    await sessions.terminate(sessionId, 'refresh_reuse', SYSTEM);
    return 'refused';
  }

  /** The way to the session comes first: whoever ends it now finds the new id and removes it. */
  function record(
    sessionId: string,
    exchange: TokenExchange,
    { token: refreshToken, accessToken }: IssuedPair,
  ): Promise<'recorded' | 'overtaken' | 'terminated'> {
    return inTransaction(async () => {
      if (!(await rotations.addExchange(exchange, sessionId))) return 'overtaken';
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
      if (outcome === 'overtaken') {
        const other = await rotations.exchangeOf(parentId);
        if (other?.rotatedId !== child.sessionId) await strapiSessions.remove([child.sessionId]);
        const known = await classify(session, parent);
        return known === 'fresh' ? 'refused' : known;
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
        // Another instance may have noted it while the database still took writes.
        if ((await rotations.find(rotatedId))?.used) return;
        cache.markUnused(rotatedId);
        throw error;
      }
    },
  };
}

/** By which a whole token, with its signature, is known again; no key, so that a new key changes nothing. */
function fingerprintOf(token: string): string {
  return loadServerCore().sessionIdFor(token);
}
