import type { Core } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { CachedSession, SessionCache } from '../../stores/memory/session-cache';
import type { InTransaction } from '../../stores/database/sql/transaction';
import type { TokenExchange, RotationStore } from '../../stores/database/rotation-store';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import type { StrapiSessionStore } from '../../stores/database/strapi-session-store';
import type { Origin } from '../requests/login-facts';
import { loadServerCore } from '../settings/load-core';
import { claimedRotation } from './tokens/token-reader';
import type { RefreshReuse } from './refresh-reuse';
import type { ExpiringRefreshToken } from './session-expiry';
import type { Sessions } from './sessions';

/** A refresh token with the id of Strapi's row behind it. */
export interface IssuedRefreshToken extends ExpiringRefreshToken {
  sessionId: string;
}

/** The classification of a refresh token: not exchanged yet, refused, or the token to answer with. */
export type Classification = 'fresh' | 'refused' | IssuedRefreshToken;

/** A refresh token that a client presents. */
export interface PresentedToken {
  session: CachedSession;
  token: string;
  /** From where it is presented. */
  origin: Origin;
}

/** The chain of refresh tokens of a session, each exchanged for the next. */
export interface RefreshRotation {
  /**
   * Classifies a refresh token that a client wants to exchange.
   *
   * @returns `fresh` if it was not exchanged yet, the newest token of its chain if that may be
   *   issued again, and else `refused`. A refused token may have terminated the session
   *   (`refresh_reuse`).
   */
  classify(presented: PresentedToken): Promise<Classification>;
  /**
   * Classifies a fresh token that Strapi refused to exchange: another instance may have exchanged it
   * at the same time and not recorded it yet.
   */
  classifyRefused(presented: PresentedToken): Promise<Classification>;
  /**
   * Tells whether a token may end its session: it is the newest one, or a retry of it.
   *
   * Any other one may be stolen, and counts as at a refresh (`refresh_reuse`).
   */
  speaksForSession(presented: PresentedToken): Promise<boolean>;
  /** Records that a token was exchanged for a child; returns the valid child. */
  follow(
    presented: PresentedToken,
    child: IssuedRefreshToken,
  ): Promise<'refused' | IssuedRefreshToken>;
  /** Records that a request used an access token of this rotation. */
  recordUse(rotatedId: string, origin: () => Origin): Promise<void>;
}

/** The longest chain that is followed from a token to the newest one. */
const MAX_LINKS = 100;

/** By then an exchange that began on another instance is recorded, or was made without the plugin. */
const RECORDED_AFTER_MS = 1000;
const RECORD_CHECK_MS = 25;

/** An exchange is recent for this long; clocks of instances differ. In milliseconds. */
const RECENT_MS = 15_000;

/** Dependencies of {@link createRefreshRotation}. */
export interface RefreshRotationParts {
  core: Core;
  sessions: Sessions;
  store: SessionStore;
  rotations: RotationStore;
  strapiSessions: StrapiSessionStore;
  cache: SessionCache;
  reuse: RefreshReuse;
  inTransaction: InTransaction;
}

/** Creates the refresh rotation; the core decides on reuse (RFC 9700, section 4.14.2). */
export function createRefreshRotation(parts: RefreshRotationParts): RefreshRotation {
  const { core, sessions, store, rotations, strapiSessions, cache } = parts;
  const { reuse, inTransaction } = parts;

  /** Returns the stored token of a rotation; `null` where it is not stored, or not the newest. */
  async function storedToken(
    { sessionId }: CachedSession,
    rotatedId: string,
  ): Promise<IssuedRefreshToken | null> {
    const stored = (await store.find(sessionId))?.refreshToken;
    if (!stored || !['primary', 'previous'].includes(core.keyStateOf(stored))) return null;
    const token = core.open(sessionId, 'refreshToken', stored);
    return claimedRotation(token) === rotatedId ? { token, sessionId: rotatedId } : null;
  }

  /**
   * Follows the chain to the newest token, which alone is stored.
   *
   * The core decides on each link. The window counts from the exchange of the presented token.
   */
  async function classify({ session, token, origin }: PresentedToken): Promise<Classification> {
    let link = await rotations.exchangeOf(claimedRotation(token) ?? '');
    // Strapi validates tokens that were not exchanged, and tokens that only claim the same id.
    if (link?.parentFingerprint !== fingerprintOf(token)) return 'fresh';
    const presentedBy = reuse.fingerprintOf(origin);
    const { rotatedAtMs } = link;
    let tolerates = false;
    for (let links = 0; link && links < MAX_LINKS; links += 1) {
      const facts = { rotatedAtMs, childUsed: link.used, childUsedBy: link.usedBy, presentedBy };
      const decision = core.decideRefresh(facts, nowMs());
      if (decision === 'refuse' || decision === 'reuse') {
        await reuse.carryOut(decision, session);
        return 'refused';
      }
      tolerates ||= decision === 'tolerate';
      const child = await storedToken(session, link.rotatedId);
      if (child) {
        if (tolerates) await reuse.carryOut('tolerate', session);
        return child;
      }
      link = await rotations.exchangeOf(link.rotatedId);
    }
    return 'refused';
  }

  async function classifyRefused(presented: PresentedToken): Promise<Classification> {
    const row = await strapiSessions.find(claimedRotation(presented.token) ?? '');
    const exchangedAtMs = new Date(row?.updatedAt ?? 0).getTime();
    if (!row?.childId || Math.abs(nowMs() - exchangedAtMs) > RECENT_MS) return 'fresh';
    for (let waited = 0; waited < RECORDED_AFTER_MS; waited += RECORD_CHECK_MS) {
      const classification = await classify(presented);
      if (classification !== 'fresh') return classification;
      await new Promise((resolve) => setTimeout(resolve, RECORD_CHECK_MS));
    }
    return 'fresh';
  }

  /** Records the exchange first: a concurrent termination then finds the new id and removes it. */
  function record(
    sessionId: string,
    exchange: TokenExchange,
    child: IssuedRefreshToken,
    exchangedBy: string | null,
  ): Promise<'recorded' | 'superseded' | 'terminated'> {
    return inTransaction(async () => {
      if (!(await rotations.addExchange(exchange, sessionId))) return 'superseded';
      await rotations.markUsed(exchange.parentId, exchangedBy);
      const kept = await sessions.keepRefreshToken(sessionId, child);
      return kept ? 'recorded' : 'terminated';
    });
  }

  return {
    classify,
    classifyRefused,

    async speaksForSession(presented) {
      const classification = await classify(presented);
      if (classification !== 'fresh') return classification !== 'refused';
      // An instance without the plugin may have exchanged it.
      const row = await strapiSessions.find(claimedRotation(presented.token) ?? '');
      return !row?.childId;
    },

    async follow(presented, child) {
      const { sessionId } = presented.session;
      const parentId = claimedRotation(presented.token) ?? '';
      const exchange = {
        rotatedId: child.sessionId,
        parentId,
        parentFingerprint: fingerprintOf(presented.token),
        rotatedAtMs: nowMs(),
      };
      const exchangedBy = reuse.fingerprintOf(presented.origin);
      const outcome = await record(sessionId, exchange, child, exchangedBy);
      if (outcome === 'superseded') {
        const other = await rotations.exchangeOf(parentId);
        if (other?.rotatedId !== child.sessionId) await strapiSessions.remove([child.sessionId]);
        const classification = await classify(presented);
        return classification === 'fresh' ? 'refused' : classification;
      }
      cache.putRotation(child.sessionId, sessionId);
      cache.markUnused(child.sessionId);
      if (outcome === 'recorded') return child;
      await strapiSessions.remove([child.sessionId]);
      return 'refused';
    },

    async recordUse(rotatedId, origin) {
      if (!cache.takeUnused(rotatedId)) return;
      try {
        await rotations.markUsed(rotatedId, reuse.fingerprintOf(origin()));
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
  return loadServerCore().sessionIdFor('refreshToken', token);
}
