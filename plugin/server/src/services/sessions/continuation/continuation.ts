import type { RefusalReason } from '../../../../../shared/contracts';
import type { CachedSession, SessionCache } from '../../../stores/memory/session-cache';
import type { RotationStore } from '../../../stores/database/rotation-store';
import type { AfterCommit } from '../../../stores/database/sql/after-commit';
import type { InTransaction } from '../../../stores/database/sql/transaction';
import type { RequestContext } from '../../../strapi';
import { carriedTexts } from '../../requests/carried-texts';
import { methodOf } from '../../requests/login-facts';
import type { RequestStates, RequestState } from '../../requests/request-state';
import { loadServerCore } from '../../settings/load-core';
import type { AccountCheck } from '../account-check';
import type { SessionLinks } from './session-links';
import type { SessionRenewal } from './session-renewal';
import type { ProvisionalSessions } from '../logins/provisional-sessions';
import type { SessionExpiry } from '../session-expiry';
import type { SessionLookup } from '../session-lookup';
import type { SessionResolver } from '../session-resolver';
import type { Sessions } from '../sessions';
import type { CarriedToken, IssuedToken } from '../tokens/token-identity';
import type { TokenReader } from '../tokens/token-reader';

/** Thrown where a request asks for a token of a session that is terminated. */
export class SessionTerminated extends Error {
  constructor(readonly reason: RefusalReason) {
    super(`the session is terminated: ${reason}`);
  }
}

/** A token that is about to be issued, with what its request says of its session. */
export interface PendingIssue {
  /**
   * Returns the session that the token belongs to; `null` if it begins one.
   *
   * @throws SessionTerminated if the session that the request continues is terminated.
   */
  session(): Promise<CachedSession | null>;
}

/**
 * Tells tokens that continue a session from logins, where another plugin issues them.
 *
 * A request continues a session if it carries a token of it, also an expired one, or a secret that
 * left in the same answer as one.
 */
export interface Continuation {
  /** Notes what the current request says; call it before anything is awaited. */
  begin(userId: number): PendingIssue;
  /**
   * Issues a token that belongs to a session, in one commit.
   *
   * @throws SessionTerminated if the session was terminated meanwhile.
   */
  join<Token extends IssuedToken>(
    session: CachedSession,
    issue: () => Promise<Token>,
  ): Promise<Token>;
  /** Says which session the tokens belong to that the current request issues; `null` for a login. */
  choose(sessionId: string | null): void;
}

/** Dependencies of {@link createContinuation}. */
export interface ContinuationParts {
  currentRequest: () => RequestContext | undefined;
  requestStates: RequestStates;
  tokens: TokenReader;
  links: SessionLinks;
  sessions: Sessions;
  accountCheck: AccountCheck;
  resolver: SessionResolver;
  provisionals: ProvisionalSessions;
  lookup: SessionLookup;
  expiry: SessionExpiry;
  renewal: SessionRenewal;
  rotations: RotationStore;
  cache: SessionCache;
  inTransaction: InTransaction;
  afterCommit: AfterCommit;
}

/** Sessions of a user, by whether they are live. */
interface Sorted {
  live: CachedSession[];
  /** Why a terminated one was; `null` if none is. */
  refusal: RefusalReason | null;
}

/** Creates the continuation; the core decides. */
export function createContinuation(parts: ContinuationParts): Continuation {
  const { currentRequest, requestStates, tokens, links, sessions, accountCheck } = parts;
  const { resolver, provisionals, lookup, expiry, renewal, rotations, cache } = parts;
  const { inTransaction, afterCommit } = parts;
  const { IssueDecision, decideIssue } = loadServerCore();

  function isLogin(ctx: RequestContext, state: RequestState, userId: number): boolean {
    if (state.chosenSession !== undefined) return state.chosenSession === null;
    return (
      state.loginsUnderWay > 0 || methodOf(ctx) === 'magic-link' || state.users.hasProved(userId)
    );
  }

  /**
   * Finds the sessions of a token of users-permissions.
   *
   * A deleted one counts as terminated, which is `null`; a token that names none may have none. A
   * token whose session has not begun says nothing, unless it is refused: it may be that of the first
   * step of this login.
   */
  async function sessionsOf({
    id,
    userId,
    isNamed,
  }: CarriedToken): Promise<(CachedSession | null)[]> {
    const session = await resolver.findByRotation(id);
    if (session) return [session];
    const provisional = await resolver.findProvisional(id, userId);
    if (provisional) return provisional.state === 'terminated' ? [provisional] : [];
    return isNamed ? [await resolver.adoptRotation(id, userId)] : [];
  }

  /** Of several traces the secrets decide, because the plugin has checked one of them. */
  async function carriedBy(
    ctx: RequestContext,
    state: RequestState,
    userId: number,
    chosen: string | null | undefined,
  ): Promise<(CachedSession | null)[]> {
    if (typeof chosen === 'string') return [await resolver.findByRotation(chosen)];
    const carried = await links.carriedBy(ctx, userId);
    if (!carried) throw new SessionTerminated('unknown');
    const { sessionIds, cookies } = carried;
    state.staleCookies = cookies;
    if (sessionIds.length > 0) {
      const linked = sessionIds.map(
        // Its secret left with the token, so using either begins the session.
        async (id) => (await lookup.find(id)) ?? (await provisionals.use(id, userId)),
      );
      return await Promise.all(linked);
    }
    if (state.session?.userId === userId) {
      return [await lookup.find(state.session.sessionId)];
    }
    const carriedTokens = carriedTexts(ctx).flatMap(({ text }) => tokens.readCarried(text) ?? []);
    const own = carriedTokens.filter((token) => token.userId === userId);
    return (await Promise.all(own.map(sessionsOf))).flat();
  }

  async function continued(
    ctx: RequestContext,
    state: RequestState,
    userId: number,
    { login, chosen }: { login: boolean; chosen: string | null | undefined },
  ): Promise<CachedSession | null> {
    // A login looks for nothing, because nothing that it carries would count.
    const found = login ? [] : await carriedBy(ctx, state, userId, chosen);
    const { live, refusal } = sorted(await renewal.renewed(found, userId), userId);
    const decision = decideIssue(login, live.length > 0, refusal !== null);
    if (decision === IssueDecision.Refuse) throw new SessionTerminated(refusal ?? 'unknown');
    const [session] = [...live].sort((one, other) => other.loggedInAtMs - one.loggedInAtMs);
    if (decision === IssueDecision.Begin || !session) return null;
    const identity = { kind: 'rotation', id: session.sessionId, userId, expiresAtMs: 0 } as const;
    const authorization = await sessions.authorize(identity);
    if ('refusal' in authorization) throw new SessionTerminated(authorization.refusal);
    const reason = await accountCheck.checkNow(session);
    if (reason) throw new SessionTerminated(reason);
    return session;
  }

  return {
    begin(userId) {
      const ctx = currentRequest();
      if (!ctx) return { session: () => Promise.resolve(null) };
      const state = requestStates.open(ctx);
      const said = { login: isLogin(ctx, state, userId), chosen: state.chosenSession };
      return { session: () => continued(ctx, state, userId, said) };
    },

    async join({ sessionId }, issue) {
      const token = await inTransaction(async () => {
        const token = await issue();
        // Recorded before the session is checked: a termination at the same time finds it.
        await rotations.add(token.id, sessionId, token.keepUntilMs);
        const session = await lookup.refetch(sessionId);
        if (!session || session.state === 'terminated') {
          throw new SessionTerminated(session?.reason ?? 'unknown');
        }
        await expiry.extend(session, token.expiresAtMs);
        return token;
      });
      await afterCommit(() => cache.putRotation(token.id, sessionId));
      return token;
    },

    choose(sessionId) {
      const state = requestStates.current();
      if (!state) throw new Error('continue() takes effect within a request; there is none');
      state.chosenSession = sessionId;
    },
  };
}

/** Sorts the sessions of a user by whether they are live; a missing one is terminated. */
function sorted(found: readonly (CachedSession | null)[], userId: number): Sorted {
  const own = found.filter((session) => session === null || session.userId === userId);
  const live = own.filter((session) => session !== null && session.state !== 'terminated');
  const terminated = own.find((session) => session === null || session.state === 'terminated');
  const refusal = terminated === undefined ? null : (terminated?.reason ?? 'unknown');
  return { live: live as CachedSession[], refusal };
}
