import type { NotBeforeStore } from '../../../stores/database/not-before-store';
import type { createDocumentIds } from '../../../stores/database/document-ids';
import type { SessionStore } from '../../../stores/database/sessions/session-store';
import { createUserKnowledge } from '../../requests/user-knowledge';
import type { RequestStates } from '../../requests/request-state';
import { loadServerCore } from '../../settings/load-core';
import type { KnownBinding } from './new-session';

/** Binds a login to its user as the user was when the login's request first read it. */
export interface LoginBinding {
  /**
   * Makes the current request know the newest revocation. Call it before a user is read, unless the
   * request reads the user's account right after.
   */
  learnRevocation(): Promise<void>;
  /** Returns what the session of a login is bound to. */
  of(userId: number): Promise<KnownBinding>;
  /**
   * Loosens the sessions of a user from a hash, before the same password is hashed again.
   *
   * A request in between binds its session again to what it reads.
   */
  loosen(userId: number, hash: string | null): Promise<void>;
  /** Loosens one session, before its own user gets another password by its request. */
  loosenSession(sessionId: string): Promise<void>;
  /** Binds a loosened session to the user's new password. */
  tightenSession(sessionId: string, hash: string | null): Promise<void>;
  /** Binds the sessions of a user to the new hash of the same password. */
  tighten(userId: number, from: string | null, to: string | null): Promise<void>;
}

/** Creates the binding; outside of a request it is to the user of now. */
export function createLoginBinding(
  requestStates: RequestStates,
  notBefores: NotBeforeStore,
  store: SessionStore,
  documentIds: ReturnType<typeof createDocumentIds>,
): LoginBinding {
  const { passwordFingerprint } = loadServerCore();
  const documentIdOf = async (userId: number): Promise<string | null> =>
    (await documentIds([userId])).get(userId) ?? null;
  const newest = (): Promise<number> => notBefores.newestRevocation();

  return {
    async learnRevocation() {
      await requestStates.current()?.users.learnRevocation(newest);
    },

    async of(userId) {
      const users = requestStates.current()?.users ?? createUserKnowledge();
      const { number, atMs } = await users.revocationKnownTo(userId, newest);
      const hash = users.passwordOf(userId);
      return {
        userDocumentId: users.documentIdOf(userId) ?? (await documentIdOf(userId)),
        knownRevocation: Math.max(number, users.ownRevocation(userId)),
        passwordFingerprint: hash === undefined ? null : passwordFingerprint(hash),
        knownAtMs: atMs,
      };
    },

    async loosen(userId, hash) {
      await store.rebindPasswords(userId, { from: passwordFingerprint(hash), to: null });
    },

    loosenSession: (sessionId) => store.unbindPassword(sessionId),

    async tightenSession(sessionId, hash) {
      // A request in between may have bound it to the earlier password.
      await store.unbindPassword(sessionId);
      await store.bindPassword(sessionId, passwordFingerprint(hash));
    },

    async tighten(userId, from, to) {
      requestStates.current()?.users.passwordChanged(userId, to);
      const change = { from: passwordFingerprint(from), to: passwordFingerprint(to) };
      await store.rebindPasswords(userId, change);
    },
  };
}
