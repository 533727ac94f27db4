import type { TerminationReason } from '../../../../shared/contracts';
import { monotonicMs } from '../../clock';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import type { CachedSession, SessionCache } from '../../stores/memory/session-cache';
import { LEASE_MS } from '../instances/termination-feed';
import { SYSTEM } from '../requests/actor';
import { loadServerCore } from '../settings/load-core';
import type { Account, Accounts } from '../users/accounts';
import type { SessionLookup } from './session-lookup';
import type { Terminations } from './terminations';

/** A session and its user. */
type OwnedSession = Pick<CachedSession, 'sessionId' | 'userId'>;

/** The decision on a session by the account of its user. */
export type AccountDecision = ReturnType<ReturnType<typeof loadServerCore>['decideAccount']>;

/** The facts of a user that decide on the user's sessions. */
export type CheckedAccount = Pick<Account, 'documentId' | 'password' | 'blocked'>;

/**
 * Terminates sessions whose user is gone, blocked, or has another password than they began with.
 *
 * An import can give the id to another user. A user with another document id is another user.
 *
 * It needs no event, so it also finds changes that were made past Strapi.
 */
export interface AccountCheck {
  /**
   * Checks a session by its account; returns why the session is terminated.
   *
   * @param rememberedAtMs The monotonic instant before the account was read, if it is remembered.
   */
  check(
    session: OwnedSession,
    account: CheckedAccount | null,
    rememberedAtMs?: number,
  ): Promise<TerminationReason | null>;
  /** Reads the account and decides on the session, but terminates nothing. */
  decideNow(session: CachedSession): Promise<AccountDecision>;
  /** Reads the account and checks the session. */
  checkNow(session: OwnedSession): Promise<TerminationReason | null>;
  /** Likewise, unless the account was read within the lease. */
  checkWithinLease(session: OwnedSession): Promise<TerminationReason | null>;
}

/** Dependencies of {@link createAccountCheck}. */
export interface AccountCheckParts {
  accounts: Accounts;
  store: SessionStore;
  cache: SessionCache;
  lookup: SessionLookup;
  terminations: Terminations;
}

/**
 * How often account and session are read again before a termination.
 *
 * A request that hashes the same password again changes both, and may do so between the two reads.
 */
const SECOND_LOOKS = 2;

/** Creates the check; the core decides. */
export function createAccountCheck(parts: AccountCheckParts): AccountCheck {
  const { accounts, store, cache, lookup, terminations } = parts;
  const core = loadServerCore();

  function decide(session: CachedSession, account: CheckedAccount | null): AccountDecision {
    const { passwordFingerprint } = session;
    if (!account || !isOwner(session, account))
      return core.decideAccount(passwordFingerprint, null);
    return core.decideAccount(passwordFingerprint, {
      blocked: account.blocked === true,
      passwordFingerprint: core.passwordFingerprint(account.password),
    });
  }

  async function bind(
    session: CachedSession,
    { password, documentId: userDocumentId }: CheckedAccount,
  ): Promise<void> {
    const passwordFingerprint = core.passwordFingerprint(password);
    await store.bindPassword(session.sessionId, passwordFingerprint);
    if (session.userDocumentId === null && userDocumentId !== null)
      await store.bindUser(session.sessionId, userDocumentId);
    session.passwordFingerprint ??= passwordFingerprint;
    session.userDocumentId ??= userDocumentId;
  }

  async function readAccount(userId: number): Promise<CheckedAccount | null> {
    return (await accounts.findByIds([userId]))[0] ?? null;
  }

  const check: AccountCheck['check'] = async ({ sessionId, userId }, account, rememberedAtMs) => {
    const readAtMs = rememberedAtMs ?? monotonicMs();
    let session = cache.get(sessionId) ?? (await lookup.find(sessionId));
    if (session && isAccepted(session, account)) {
      session.accountReadAtMs = readAtMs;
      return null;
    }
    let read = account;
    // A remembered account may be that of before a change, and nothing is bound to it.
    if (session && isUnbound(session) && rememberedAtMs !== undefined)
      read = await readAccount(userId);
    for (let looks = 0; session && session.state !== 'terminated'; looks += 1) {
      const decision = decide(session, read);
      if (decision === 'keep' || decision === 'bind') {
        if (isUnbound(session) && read) await bind(session, read);
        session.accountReadAtMs = readAtMs;
        if (read) session.acceptedHash = read.password;
        return null;
      }
      if (looks === SECOND_LOOKS) {
        await terminations.terminateMany([sessionId], decision, SYSTEM);
        return decision;
      }
      read = await readAccount(userId);
      session = await lookup.refetch(sessionId);
    }
    return session?.reason ?? null;
  };

  const checkNow: AccountCheck['checkNow'] = async (session) =>
    await check(session, await readAccount(session.userId));

  return {
    check,
    checkNow,

    decideNow: async (session) => decide(session, await readAccount(session.userId)),

    async checkWithinLease(session) {
      const readAtMs = cache.get(session.sessionId)?.accountReadAtMs ?? Number.NEGATIVE_INFINITY;
      return monotonicMs() - readAtMs < LEASE_MS ? null : await checkNow(session);
    },
  };
}

/** Tells whether the last decision on a session was by the same account. */
function isAccepted(session: CachedSession, account: CheckedAccount | null): boolean {
  if (session.state === 'terminated' || session.acceptedHash === undefined) return false;
  if (!account || account.blocked === true) return false;
  return session.acceptedHash === account.password && session.userDocumentId === account.documentId;
}

/** Tells whether a session is still to be bound to the password or the document id of its user. */
function isUnbound({ passwordFingerprint, userDocumentId }: CachedSession): boolean {
  return passwordFingerprint === null || userDocumentId === null;
}

/** Tells whether an account may be that of a session's user. */
function isOwner({ userDocumentId }: CachedSession, { documentId }: CheckedAccount): boolean {
  return userDocumentId === null || userDocumentId === documentId;
}
