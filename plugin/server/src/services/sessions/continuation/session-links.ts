import { nowMs } from '../../../clock';
import type { LinkStore } from '../../../stores/database/link-store';
import { carriedTexts } from '../../requests/carried-texts';
import { loadServerCore } from '../../settings/load-core';
import type { RequestContext } from '../../../strapi';
import { tokenExpiryOf } from '../tokens/token-claims';

const DAY_MS = 24 * 60 * 60_000;

/** How long a link is kept after the last use of its secret, in milliseconds. */
const LINK_MS = 90 * DAY_MS;

/** The longest time that a link is kept for a token that says when it expires, in milliseconds. */
const MAX_LINK_MS = 400 * DAY_MS;

/** The maximum number of secrets per answer. */
const MAX_SECRETS = 8;

/** The maximum number of long texts in a request; more could only hide a token. */
const MAX_CARRIED = 1000;

/** The longest text that is handed to the core, in characters. */
const MAX_TEXT = 8192;

/** The sessions whose secrets a request carries. */
export interface CarriedLinks {
  sessionIds: string[];
  /** The names of the cookies that the secrets came in. */
  cookies: string[];
}

/** Links the secrets of other plugins, such as refresh tokens, to the sessions they belong to. */
export interface SessionLinks {
  /** Finds the sessions of a user by the secrets in a request; `null` if it has too many texts. */
  carriedBy(ctx: RequestContext, userId: number): Promise<CarriedLinks | null>;
  /** Links the secrets among the texts of an answer to the session whose token it carries. */
  link(
    ctx: RequestContext,
    texts: readonly string[],
    session: { sessionId: string; userId: number },
  ): Promise<void>;
}

/**
 * Creates the links; the core decides which texts are secrets.
 *
 * @param extend Moves the expiry of a session to an instant in Unix milliseconds, never back.
 */
export function createSessionLinks(
  store: LinkStore,
  extend: (sessionId: string, untilMs: number) => Promise<void>,
): SessionLinks {
  const { secretFingerprint } = loadServerCore();

  /** The core takes no longer text, and no token is that long. */
  function fingerprintOf(text: string): string | null {
    return text.length > MAX_TEXT ? null : secretFingerprint(text);
  }

  /** Returns the cookies of the texts that may be secrets, by their fingerprints. */
  function fingerprintsIn(ctx: RequestContext): Map<string, string | null> | null {
    const carried = carriedTexts(ctx);
    if (carried.length > MAX_CARRIED) return null;
    const fingerprints = new Map<string, string | null>();
    for (const { text, cookie } of carried) {
      const fingerprint = fingerprintOf(text);
      if (fingerprint !== null) fingerprints.set(fingerprint, cookie);
    }
    return fingerprints;
  }

  return {
    async carriedBy(ctx, userId) {
      const carried = fingerprintsIn(ctx);
      if (!carried) return null;
      if (carried.size === 0) return { sessionIds: [], cookies: [] };
      const links = await store.find([...carried.keys()], userId);
      const now = nowMs();
      // A day's delay saves most of the writes.
      const ageing = links.filter(({ keepUntilMs }) => keepUntilMs < now + LINK_MS - DAY_MS);
      const aged = ageing.map(({ fingerprint }) => fingerprint);
      if (aged.length > 0) await store.keep(aged, now + LINK_MS);
      // A text of several sessions counts only without one that is a session's own.
      const own = links.filter(({ shared }) => !shared);
      const telling = own.length > 0 ? own : links;
      return {
        sessionIds: [...new Set(telling.map(({ sessionId }) => sessionId))],
        cookies: telling.flatMap(({ fingerprint }) => carried.get(fingerprint) ?? []),
      };
    },

    async link(ctx, texts, { sessionId, userId }) {
      const secrets = new Map<string, string>();
      for (const text of texts) {
        const fingerprint = fingerprintOf(text);
        if (fingerprint !== null) secrets.set(fingerprint, text);
      }
      if (secrets.size === 0) return;
      // A text that the request brought is no secret of this answer, or is linked already.
      for (const fingerprint of fingerprintsIn(ctx)?.keys() ?? []) secrets.delete(fingerprint);
      const kept = [...secrets].slice(0, MAX_SECRETS);
      if (kept.length === 0) return;
      const now = nowMs();
      const expiries = kept.map(([, text]) => tokenExpiryOf(text));
      const keepUntilMs = keepUntil(expiries, now);
      const fingerprints = kept.map(([fingerprint]) => fingerprint);
      await store.save({ fingerprints, userId, sessionId, keepUntilMs });
      // Until then the secret may be exchanged for a token of the session.
      const usableUntilMs = Math.max(...expiries.map((atMs) => atMs ?? now + LINK_MS));
      await extend(sessionId, Math.min(usableUntilMs, keepUntilMs));
    },
  };
}

/** Returns until when links are kept: as long as the longest-lived JSON web token among them. */
function keepUntil(expiries: readonly (number | null)[], now: number): number {
  const known = expiries.filter((atMs) => atMs !== null);
  return Math.min(Math.max(now + LINK_MS, ...known), now + MAX_LINK_MS);
}
