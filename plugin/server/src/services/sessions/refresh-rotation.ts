import type { Core } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { KnownSession, LocalView } from '../../stores/memory/session-cache';
import type { InOneCommit } from '../../stores/database/sql/transaction';
import type { Exchange, RotationStore } from '../../stores/database/rotation-store';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import type { StrapiSessionStore } from '../../stores/database/strapi-session-store';
import type { Announce } from '../journal/event-hub';
import { SYSTEM, VISITOR } from '../requests/actor';
import { loadServerCore } from '../settings/load-core';
import { claimedRotation } from './token-identity';
import type { Sessions } from './sessions';

/** A refresh token with the id of Strapi's row behind it. */
export interface Child {
  token: string;
  sessionId: string;
}

/** A child as it is issued, with the access token that was issued along with it. */
export interface Newborn extends Child {
  accessToken?: string;
}

/** The chain of refresh tokens of a session, each exchanged for the next. */
export interface RefreshRotation {
  /**
   * Judges a token that a client wants to exchange: `fresh` if it has not been exchanged yet; its
   * child if that may be handed out once more; else `refused`, and the session may have ended.
   */
  judge(session: KnownSession, token: string): Promise<'fresh' | 'refused' | Child>;
  /** Notes that a token was exchanged for a child; gives the child that counts. */
  follow(session: KnownSession, parent: string, child: Newborn): Promise<'refused' | Child>;
  /** Notes that a request came with an access token of this rotation. */
  noteUse(rotatedId: string): Promise<void>;
}

/** What {@link createRefreshRotation} works with. */
export interface RefreshRotationParts {
  core: Core;
  sessions: Sessions;
  store: SessionStore;
  rotations: RotationStore;
  strapiSessions: StrapiSessionStore;
  view: LocalView;
  announce: Announce;
  inOneCommit: InOneCommit;
}

/** Puts the core's decision between an exchanged token and its child. */
export function createRefreshRotation(parts: RefreshRotationParts): RefreshRotation {
  const { core, sessions, store, rotations, strapiSessions, view } = parts;
  const { announce, inOneCommit } = parts;

  /** Gives the child that a lost response held; `null` where it is not stored, or is not the newest. */
  async function childAgain(session: KnownSession, rotatedId: string): Promise<Child | null> {
    const { sessionId } = session;
    const stored = (await store.find(sessionId))?.refreshToken;
    if (!stored || !['primary', 'previous'].includes(core.keyStateOf(stored))) return null;
    const token = core.open(sessionId, 'refreshToken', stored);
    return claimedRotation(token) === rotatedId ? { token, sessionId: rotatedId } : null;
  }

  async function judge(session: KnownSession, token: string): Promise<'fresh' | 'refused' | Child> {
    const exchange = await rotations.exchangeOf(claimedRotation(token) ?? '');
    // Strapi judges what it has not exchanged, and what only claims to be that token.
    if (exchange?.parentFingerprint !== fingerprintOf(token)) return 'fresh';
    const { rotatedId, rotatedAtMs, used: childUsed } = exchange;
    const decision = core.decideRefresh({ rotatedAtMs, childUsed }, nowMs());
    if (decision === 'retry') return (await childAgain(session, rotatedId)) ?? 'refused';
    const { sessionId, userId } = session;
    announce('session.refresh-reused', { session: { id: sessionId, userId } }, VISITOR);
    await sessions.terminate(sessionId, 'refresh_reuse', SYSTEM);
    return 'refused';
  }

  /** The way to the session comes first: whoever ends it now finds the new id and removes it. */
  function note(
    sessionId: string,
    exchange: Exchange,
    { token: refreshToken, accessToken }: Newborn,
  ): Promise<'noted' | 'overtaken' | 'ended'> {
    return inOneCommit(async () => {
      if (!(await rotations.addExchange(exchange, sessionId))) return 'overtaken';
      await rotations.markUsed(exchange.parentId);
      const kept = await sessions.keepTokens(sessionId, { refreshToken, accessToken });
      return kept ? 'noted' : 'ended';
    });
  }

  return {
    judge,

    async follow(session, parent, child) {
      const { sessionId } = session;
      const parentId = claimedRotation(parent) ?? '';
      const exchange = {
        rotatedId: child.sessionId,
        parentId,
        parentFingerprint: fingerprintOf(parent),
        rotatedAtMs: nowMs(),
      };
      const outcome = await note(sessionId, exchange, child);
      if (outcome === 'overtaken') {
        const other = await rotations.exchangeOf(parentId);
        if (other?.rotatedId !== child.sessionId) await strapiSessions.remove([child.sessionId]);
        const known = await judge(session, parent);
        return known === 'fresh' ? 'refused' : known;
      }
      view.putFamily(child.sessionId, sessionId);
      view.expectUse(child.sessionId);
      if (outcome === 'noted') return { token: child.token, sessionId: child.sessionId };
      await strapiSessions.remove([child.sessionId]);
      return 'refused';
    },

    async noteUse(rotatedId) {
      if (!view.takeExpectedUse(rotatedId)) return;
      try {
        await rotations.markUsed(rotatedId);
      } catch (error) {
        // Another instance may have noted it while the database still took writes.
        if ((await rotations.find(rotatedId))?.used) return;
        view.expectUse(rotatedId);
        throw error;
      }
    },
  };
}

/** By which a whole token, with its signature, is known again; no key, so that a new key changes nothing. */
function fingerprintOf(token: string): string {
  return loadServerCore().sessionIdFor(token);
}
