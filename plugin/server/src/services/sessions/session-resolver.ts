import type { Settings } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { KnownSession, LocalView } from '../../stores/memory/session-cache';
import type { NotBeforeStore } from '../../stores/database/not-before-store';
import type { RotationStore } from '../../stores/database/rotation-store';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import type { StrapiSessionStore } from '../../stores/database/strapi-session-store';
import type { TokenIdentity } from './token-identity';
import { loginFactsOf, type LoginFacts } from '../requests/login-facts';
import type { NewSessionRow } from './new-session';
import type { SessionKnowledge } from './session-lookup';

/** Leads from a token to its session, and begins that of a token from before the plugin. */
export interface SessionOfToken {
  /** Finds or begins the session of a verified token; `null` if it has none and gets none. */
  of(identity: TokenIdentity): Promise<KnownSession | null>;
  /** Finds the session that an id of Strapi's own session row belongs to. */
  familyOf(rotation: string): Promise<KnownSession | null>;
  /**
   * Begins the session of a family of Strapi's from before the plugin, by a row of it that stands;
   * `null` if there is none of the user, and where such logins are not taken over.
   */
  adoptFamily(rotation: string, userId: number): Promise<KnownSession | null>;
}

/** What {@link createSessionOfToken} works with. */
export interface SessionOfTokenParts {
  settings: () => Settings;
  store: SessionStore;
  rotations: RotationStore;
  strapiSessions: StrapiSessionStore;
  view: LocalView;
  knowledge: SessionKnowledge;
  notBefores: NotBeforeStore;
  newRow: NewSessionRow;
}

/** Makes the way from tokens to sessions. */
export function createSessionOfToken(parts: SessionOfTokenParts): SessionOfToken {
  const { settings, store, rotations, strapiSessions, view, knowledge, notBefores, newRow } = parts;

  async function familyOf(rotation: string): Promise<KnownSession | null> {
    const familiar = view.familyOf(rotation);
    if (familiar) return await knowledge.of(familiar);
    const root = await knowledge.of(rotation);
    if (root) return root;
    const found = await rotations.find(rotation);
    if (!found) return null;
    view.putFamily(rotation, found.sessionId);
    if (!found.used) view.expectUse(rotation);
    return await knowledge.of(found.sessionId);
  }

  async function of(identity: TokenIdentity): Promise<KnownSession | null> {
    if (identity.kind === 'sid') return await knowledge.of(identity.id);
    if (identity.kind === 'rotation') {
      return (await familyOf(identity.id)) ?? (await adoptFamily(identity.id, identity.userId));
    }
    const keepUntilMs = identity.expiresAtMs;
    return (await knowledge.of(identity.id)) ?? (await adopt(identity, { keepUntilMs }));
  }

  /** A token is adopted once: if its session is gone then, that has ended and stays so. */
  async function adopt(
    { id: sessionId, userId, issuedAtMs }: Omit<TokenIdentity, 'kind' | 'expiresAtMs'>,
    times: Partial<Pick<SessionRow, 'loggedInAtMs' | 'keepUntilMs'>>,
  ): Promise<KnownSession | null> {
    if (settings().strict) return null;
    const ending = await notBefores.ofUser(userId);
    if (issuedAtMs !== undefined && ending.some(({ atMs }) => issuedAtMs < atMs)) return null;
    if (await rotations.find(sessionId)) return await knowledge.afresh(sessionId);
    const facts: LoginFacts = { ...loginFactsOf(undefined), method: 'adopted' };
    await store.insertIfAbsent({ ...newRow.of({ sessionId, userId, facts }), ...times });
    await rotations.add(sessionId, sessionId);
    return await knowledge.afresh(sessionId);
  }

  /** Strapi deletes the rows of what has ended, so a row that stands is a login from before us. */
  async function adoptFamily(rotation: string, userId: number): Promise<KnownSession | null> {
    const own = await strapiSessions.find(rotation);
    if (!own || Number(own.userId) !== userId) return null;
    const now = nowMs();
    const issuedAtMs = Math.min(new Date(own.createdAt ?? now).getTime(), now);
    return await adopt({ id: rotation, userId, issuedAtMs }, { loggedInAtMs: issuedAtMs });
  }

  return { of, familyOf, adoptFamily };
}
