import type { Settings } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { CachedSession, SessionCache } from '../../stores/memory/session-cache';
import type { createDocumentIds } from '../../stores/database/document-ids';
import type { ImportedSessions } from '../../stores/database/upgrade/imported-sessions';
import type { NotBeforeStore } from '../../stores/database/not-before-store';
import type { RotationStore } from '../../stores/database/rotation-store';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import type { StrapiSessionStore } from '../../stores/database/strapi-session-store';
import { dateOf } from './tokens/token-claims';
import type { TokenIdentity, UnnamedToken } from './tokens/token-identity';
import { loadServerCore } from '../settings/load-core';
import { createProviderSessions } from './tokens/provider-sessions';
import { userIdOf } from '../requests/user-id';
import { NO_LOGIN_FACTS, type LoginFacts } from '../requests/login-facts';
import type { Beginning } from './logins/login-recorder';
import type { Binding, Login, SessionFactory } from './logins/new-session';
import type { ProvisionalSessions } from './logins/provisional-sessions';
import type { SessionLookup } from './session-lookup';

/** Resolves tokens to sessions, and adopts tokens issued before the plugin was installed. */
export interface SessionResolver {
  /**
   * Finds the session of a verified token, or adopts the token; `null` if neither is possible.
   *
   * @param isUse Whether the token is used, which begins its session.
   */
  resolve(identity: TokenIdentity, isUse: boolean): Promise<CachedSession | null>;
  /**
   * Finds the session that a token would begin, by the id that names it or that of the token; it
   * begins nothing.
   */
  findProvisional(id: string, userId: number): Promise<CachedSession | null>;
  /** Finds the session of an id of Strapi's own session row, or of the claim `msm`. */
  findByRotation(rotation: string): Promise<CachedSession | null>;
  /**
   * Adopts a refresh family issued before the plugin was installed, by its row in Strapi's table.
   *
   * @param hash Returns the SHA-256 of the token, by which a session of version 4 is found.
   * @returns `null` if there is no such row of the user, and with `strict`.
   */
  adoptRotation(
    rotation: string,
    userId: number,
    hash?: () => string,
  ): Promise<CachedSession | null>;
}

/** The longest chain of exchanges without the plugin that is followed; a longer one is adopted. */
const MAX_HOPS = 100;

const BEGINS_NOW = { startsAt: 'now' } as const;

/** A login that is known by its token alone; times are Unix milliseconds, `undefined` is unknown. */
interface AdoptedLogin extends Login {
  issuedAtMs: number | undefined;
  /** When the session began. */
  beganAtMs: number | undefined;
  /** Returns the SHA-256 of the token. */
  hash?: () => string;
}

/** How long the records of an adopted token are kept, in Unix milliseconds. */
interface KeepAdopted {
  /** The session is not deleted before; `null` leaves that to the retention. */
  sessionUntilMs: number | null;
  /** The mark that a token was adopted is deleted after; `null` where no expiry is known. */
  markUntilMs: number | null;
}

/** Dependencies of {@link createSessionResolver}. */
export interface SessionResolverParts {
  settings: () => Settings;
  store: SessionStore;
  rotations: RotationStore;
  strapiSessions: StrapiSessionStore;
  cache: SessionCache;
  lookup: SessionLookup;
  provisionals: ProvisionalSessions;
  notBefores: NotBeforeStore;
  sessionFactory: SessionFactory;
  documentIds: ReturnType<typeof createDocumentIds>;
  imports: Pick<ImportedSessions, 'sessionOf'>;
  /** Announces a session that a token of an identity provider began. */
  begun: (session: Beginning) => Promise<void>;
}

/** Creates the resolver; the core decides on tokens from before the plugin. */
export function createSessionResolver(parts: SessionResolverParts): SessionResolver {
  const { Adoption, decideAdoption } = loadServerCore();
  const { settings, store, rotations, strapiSessions, cache, lookup, notBefores, sessionFactory } =
    parts;
  const { documentIds, imports, provisionals } = parts;
  const provisional = (sessionId: string, userId: number, isUse: boolean) =>
    isUse ? provisionals.use(sessionId, userId) : provisionals.find(sessionId, userId);
  const providers = createProviderSessions({
    lookup,
    store,
    cache,
    rotations,
    provisional,
    begin: (login, issuedAtMs, keep) => adopt({ ...login, issuedAtMs, beganAtMs: nowMs() }, keep),
    begun: parts.begun,
  });

  async function findByRotation(rotation: string): Promise<CachedSession | null> {
    const cachedId = cache.sessionOfRotation(rotation);
    if (cachedId) return await lookup.find(cachedId);
    const root = await lookup.find(rotation);
    if (root) return root;
    const found = await rotations.find(rotation);
    if (!found) return null;
    cache.putRotation(rotation, found.sessionId);
    if (!found.used) cache.markUnused(rotation);
    return await lookup.find(found.sessionId);
  }

  /** An id that leads to no session that has begun may lead to one that its first use begins. */
  async function provisionalOf(
    id: string,
    userId: number,
    isUse: boolean,
  ): Promise<CachedSession | null> {
    const named = await provisional(id, userId, isUse);
    if (named) return named;
    const token = await rotations.find(id);
    return token && token.sessionId !== id
      ? await provisional(token.sessionId, userId, isUse)
      : null;
  }

  async function resolve(identity: TokenIdentity, isUse: boolean): Promise<CachedSession | null> {
    if (identity.kind === 'provider') return await providers.resolve(identity, isUse);
    const { id, userId } = identity;
    // A token that continued a session has an id of its own.
    const session = (await findByRotation(id)) ?? (await provisionalOf(id, userId, isUse));
    if (session) return session;
    switch (identity.kind) {
      case 'claim': {
        const tokenId = identity.tokenId?.();
        if (tokenId === undefined) return null;
        return (await findByRotation(tokenId)) ?? (await provisionalOf(tokenId, userId, isUse));
      }
      case 'rotation':
        return await adoptRotation(id, userId, identity.hash);
      case 'unnamed':
        return await adoptToken(identity);
    }
  }

  async function adoptToken(token: UnnamedToken): Promise<CachedSession | null> {
    const { id: sessionId, userId, issuedAtMs, hash } = token;
    const facts: LoginFacts = { ...NO_LOGIN_FACTS, method: 'adopted' };
    const keep = { sessionUntilMs: token.expiresAtMs, markUntilMs: token.expiresAtMs };
    const expiresAtMs = dateOf(token.expiresAtMs);
    const login = { sessionId, userId, facts, expiresAtMs, ...BEGINS_NOW };
    return await adopt({ ...login, issuedAtMs, beganAtMs: issuedAtMs, hash }, keep);
  }

  /** A token is adopted once: if its session is deleted by then, it was terminated. */
  async function adopt(
    { issuedAtMs, beganAtMs, hash, ...login }: AdoptedLogin,
    { sessionUntilMs, markUntilMs }: KeepAdopted,
  ): Promise<CachedSession | null> {
    const { sessionId, userId } = login;
    const imported = hash ? await imports.sessionOf(hash(), userId) : null;
    if (imported !== null) {
      await rotations.add(sessionId, imported);
      return await lookup.refetch(imported);
    }
    if (settings().strict) return null;
    const revocations = (await notBefores.findForUser(userId)).map((row) => ({
      number: row.revocation,
      decision: decideAdoption(issuedAtMs ?? null, row.atMs, row.writtenAtMs),
    }));
    if (revocations.some(({ decision }) => decision === Adoption.Refuse)) return null;
    const adopted = await rotations.find(sessionId);
    if (adopted) return await lookup.refetch(adopted.sessionId);
    const known = revocations.filter(({ decision }) => decision === Adoption.Aware);
    const binding: Binding = {
      knownRevocation: Math.max(0, ...known.map(({ number }) => number)),
      passwordFingerprint: null,
      userDocumentId: (await documentIds([userId])).get(userId) ?? null,
    };
    const row = sessionFactory.newSession(login, binding);
    const loggedInAtMs = Math.min(beganAtMs ?? row.loggedInAtMs, row.loggedInAtMs);
    await store.insertIfAbsent({ ...row, loggedInAtMs, keepUntilMs: sessionUntilMs });
    await rotations.addMark(sessionId, markUntilMs);
    return await lookup.refetch(sessionId);
  }

  /**
   * Finds the session of a refresh token that was exchanged on an instance without the plugin, by
   * the token that it was exchanged for, and that one's parent in turn.
   */
  async function joinParent(rotation: string): Promise<CachedSession | null> {
    const exchanged = [rotation];
    for (let hops = 0; hops < MAX_HOPS; hops += 1) {
      const parent = await strapiSessions.findParent(exchanged.at(-1) ?? rotation);
      if (!parent) return null;
      const session = await findByRotation(parent.sessionId);
      if (session) {
        for (const id of exchanged) await rotations.add(id, session.sessionId);
        return session;
      }
      exchanged.push(parent.sessionId);
    }
    return null;
  }

  /** The rows of terminated sessions are deleted, so a remaining row is a login before the plugin. */
  async function adoptRotation(
    rotation: string,
    userId: number,
    hash?: () => string,
  ): Promise<CachedSession | null> {
    const own = await strapiSessions.find(rotation);
    if (!own || userIdOf(own.userId) !== userId) return null;
    const session = await joinParent(rotation);
    if (session) return session;
    const now = nowMs();
    const issuedAtMs = Math.min(new Date(own.createdAt ?? now).getTime(), now);
    const { expiresAt, absoluteExpiresAt, childId } = own;
    // An exchanged token has left another one that expires later.
    const expiresAtMs = timeOf(childId === null ? expiresAt : absoluteExpiresAt);
    const facts: LoginFacts = { ...NO_LOGIN_FACTS, method: 'adopted' };
    const login = { sessionId: rotation, userId, facts, expiresAtMs, ...BEGINS_NOW };
    const keep = { sessionUntilMs: null, markUntilMs: timeOf(absoluteExpiresAt) };
    return await adopt({ ...login, issuedAtMs, beganAtMs: issuedAtMs, hash }, keep);
  }

  return {
    resolve,
    findByRotation,
    findProvisional: (id, userId) => provisionalOf(id, userId, false),
    adoptRotation,
  };
}

function timeOf(date: Date | string | null): number | null {
  return date === null ? null : new Date(date).getTime();
}
