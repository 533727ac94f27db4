import type { SessionStore } from '../../stores/database/sessions/session-store';
import type { CachedSession } from '../../stores/memory/session-cache';
import { tokenExpiryOf } from './tokens/token-claims';

/** Keeps the time at which the last token of a session expires. */
export interface SessionExpiry {
  /**
   * Moves the expiry of a session forward to that of another of its tokens; an earlier one changes
   * nothing.
   *
   * @param expiresAtMs Unix milliseconds; `null` for a token that never expires.
   */
  extend(session: CachedSession, expiresAtMs: number | null): Promise<void>;
}

/** A refresh token of Strapi's session manager. */
export interface ExpiringRefreshToken {
  token: string;
  /** After this time Strapi exchanges no token of its family, in ISO 8601; not every version says it. */
  absoluteExpiresAt?: string;
}

/**
 * Returns when a refresh token can no longer be exchanged, in Unix milliseconds.
 *
 * Strapi lets a token name a later time than the end of its family.
 */
export function refreshExpiryOf({ token, absoluteExpiresAt }: ExpiringRefreshToken): number | null {
  const familyEndsAtMs = Date.parse(absoluteExpiresAt ?? '');
  const expiresAtMs = tokenExpiryOf(token);
  if (Number.isNaN(familyEndsAtMs)) return expiresAtMs;
  return Math.min(familyEndsAtMs, expiresAtMs ?? familyEndsAtMs);
}

/** Creates the expiry of the stored sessions. */
export function createSessionExpiry(store: SessionStore): SessionExpiry {
  return {
    async extend(session, expiresAtMs) {
      const isCovered =
        session.expiresAtMs === null ||
        (expiresAtMs !== null && expiresAtMs <= session.expiresAtMs);
      if (isCovered) return;
      await store.extend(session.sessionId, expiresAtMs);
      session.expiresAtMs = expiresAtMs;
    },
  };
}
