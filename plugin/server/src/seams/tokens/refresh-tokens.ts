import type { RefusalReason } from '../../../../shared/contracts';
import { userIdOf } from '../../services/requests/user-id';
import { refreshExpiryOf } from '../../services/sessions/session-expiry';
import { claimsIn, tokenExpiryOf } from '../../services/sessions/tokens/token-claims';
import { claimedRotation, tokenHashOf } from '../../services/sessions/tokens/token-reader';
import { SessionLimitReached } from '../../services/sessions/logins/session-limit';
import type { IssuedRefreshToken, PresentedToken } from '../../services/sessions/refresh-rotation';
import { createKeyedMutex } from '../../async/keyed-mutex';
import type { CachedSession } from '../../services/sessions/sessions';
import { currentRequest, USERS_ORIGIN } from '../../strapi';
import { nowMs } from '../../clock';
import { accessLifetimeOf } from '../../services/settings/token-lifetime';
import { holdResponse } from './hold-response';
import { createIssueOf, type Issue } from './issue-start';
import { createRecordLogin } from './record-login';
import type { SeamParts } from '../parts';
import {
  isSigned,
  strapiSessionManagerOf,
  type Issued,
  type StrapiSessionManager,
} from './strapi-session-manager';
import { SEAMS, type SeamName } from '../proofs/names';
import { wrapFunction, type WrappedFunction } from '../proofs/wrapped-functions';

const REFUSED = { error: 'invalid_refresh_token' };

/** Wraps Strapi's session manager to create, continue and check users' sessions (refresh mode). */
export function wrapRefreshTokens(parts: SeamParts): void {
  const manager = strapiSessionManagerOf(parts);
  if (!manager) return;
  const { sessions, rotation, accountCheck, continuation, requestStates, strapi, facts } = parts;
  const { refusedTokens, inTransaction, refreshes, expiry, provisionals } = parts;
  const issueOf = createIssueOf(strapi, requestStates);
  const record = createRecordLogin(parts);
  const validateRefreshToken = manager.validateRefreshToken.bind(manager);

  const of = <K extends keyof StrapiSessionManager>(
    name: SeamName,
    method: K,
  ): WrappedFunction<StrapiSessionManager, K> => ({
    name,
    owner: () => strapiSessionManagerOf(parts) ?? manager,
    method,
  });

  /** Writes a login in one transaction with Strapi's own row. */
  async function logIn(
    userId: number,
    generate: () => Promise<IssuedRefreshToken>,
    how: Issue,
  ): Promise<IssuedRefreshToken> {
    const { issued, start } = await inTransaction(async () => {
      const issued = await generate();
      const start = await record({
        sessionId: issued.sessionId,
        userId,
        expiresAtMs: how.dropsRefreshToken
          ? nowMs() + accessLifetimeOf(strapi)
          : refreshExpiryOf(issued),
        refreshToken: issued.token,
        issue: how,
      });
      return { issued, start };
    });
    await start();
    return issued;
  }

  /** Adds a refresh family to a session that the request continues. */
  async function join(
    session: CachedSession,
    generate: () => Promise<IssuedRefreshToken>,
  ): Promise<IssuedRefreshToken> {
    const { issued } = await continuation.join(session, async () => {
      const issued = await generate();
      return { id: issued.sessionId, expiresAtMs: refreshExpiryOf(issued), issued };
    });
    return issued;
  }

  /** Issues a refresh token, and records its session for what leaves in the same answer. */
  async function issue(
    userId: number,
    generate: () => Promise<IssuedRefreshToken>,
  ): Promise<IssuedRefreshToken> {
    const state = requestStates.current();
    const how = issueOf({ id: userId });
    const session = await continuation.begin(userId).session();
    const issued = session ? await join(session, generate) : await logIn(userId, generate, how);
    const sessionId = session?.sessionId ?? issued.sessionId;
    state?.issued.push({ sessionId, userId, token: issued.token });
    return issued;
  }

  wrapFunction(
    strapi,
    of(SEAMS.issueRefresh, 'generateRefreshToken'),
    (generate) => async (userId, deviceId, origin, options) => {
      const begin = () => generate(userId, deviceId, origin, options);
      const user = origin === USERS_ORIGIN ? userIdOf(userId) : null;
      if (user === null) return await begin();
      const commit = issue(user, begin);
      holdResponse(commit, parts);
      return await commit;
    },
  );

  const refuse = (reason: RefusalReason | null): typeof REFUSED => {
    const ctx = currentRequest(strapi);
    if (ctx && reason) requestStates.open(ctx).refusal = reason;
    return REFUSED;
  };

  const refuseUse = (session: CachedSession, reason: RefusalReason | null): typeof REFUSED => {
    if (reason) refusedTokens.record(session, reason);
    return refuse(reason);
  };

  const limitUse = (retryAfterMs: number): typeof REFUSED => {
    const state = requestStates.current();
    if (state) state.retryAfterMs = retryAfterMs;
    return REFUSED;
  };

  /** A token without a session is older than the plugin, or invalid; Strapi validates it. */
  async function adopt(token: string, claimed: string): Promise<CachedSession | typeof REFUSED> {
    const hash = (): string => tokenHashOf(token);
    const { isValid, userId } = await validateRefreshToken(token, USERS_ORIGIN);
    const user = userIdOf(userId);
    if (!isValid || user === null) return REFUSED;
    const session =
      (await provisionals.use(claimed, user)) ??
      (await sessions.adoptRotation(claimed, user, hash));
    return session ?? refuse('unknown');
  }

  async function exchange(
    manager: StrapiSessionManager,
    token: string,
    rotate: () => Promise<Issued>,
  ): Promise<Issued> {
    const claimed = claimedRotation(token);
    // A forged token learns nothing, and costs no statement.
    if (!claimed || !(await isSigned(manager, token))) return REFUSED;
    const session = (await sessions.findByRotation(claimed)) ?? (await adopt(token, claimed));
    if ('error' in session) return session;
    const { sessionId, userId } = session;
    if (session.state === 'terminated') return refuseUse(session, session.reason);
    const reason = await accountCheck.checkNow(session);
    if (reason) return refuseUse(session, reason);
    const use = await refreshes.use(sessionId);
    if (!use.allowed) return limitUse(use.retryAfterMs);
    const presented = { session, token, origin: facts.originOf(currentRequest(strapi)) };
    const issued = await exchangeOnce(presented, rotate);
    if (issued === 'refused') {
      const { reason } = (await sessions.findByRotation(sessionId)) ?? session;
      return refuse(reason ?? 'refresh_superseded');
    }
    if ('error' in issued) return issued;
    const identity = { kind: 'rotation', id: issued.sessionId, userId, expiresAtMs: 0 } as const;
    const authorization = await sessions.authorize(identity);
    if ('refusal' in authorization) return refuseUse(session, authorization.refusal);
    return issued;
  }

  async function exchangeOnce(
    presented: PresentedToken,
    rotate: () => Promise<Issued>,
  ): Promise<'refused' | Issued> {
    const classification = await rotation.classify(presented);
    if (classification !== 'fresh') return classification;
    const issued = await rotate();
    if ('error' in issued) {
      const late = await rotation.classifyRefused(presented);
      return late === 'fresh' ? issued : late;
    }
    const valid = await rotation.follow(presented, issued);
    return valid === 'refused' ? valid : { ...issued, ...valid };
  }

  const mutex = createKeyedMutex();
  wrapFunction(
    strapi,
    of(SEAMS.rotate, 'rotateRefreshToken'),
    (rotate) => async (token, origin) => {
      if (origin !== USERS_ORIGIN || isOfNoUser(token)) return await rotate(token, origin);
      const state = requestStates.current();
      if (state) state.issuesTokens = true;
      // The retry of a pending request waits for it and gets the same result.
      return await mutex.run(token, () => exchange(manager, token, () => rotate(token, origin)));
    },
  );

  wrapFunction(
    strapi,
    of(SEAMS.issueAccess, 'generateAccessToken'),
    (generate) => async (refreshToken, origin) => {
      const issued = await generate(refreshToken, origin);
      if (origin !== USERS_ORIGIN) return issued;
      const rotation = claimedRotation(refreshToken);
      const session = rotation ? await sessions.findByRotation(rotation) : null;
      if (!session) {
        if ('token' in issued && rotation) recordWaiting(rotation, issued.token);
        return issued;
      }
      if ('error' in issued || session.state === 'terminated') {
        recordEviction(session.reason);
        return refuse(session.reason ?? 'refresh_superseded');
      }
      // An app may let access tokens live longer than refresh tokens.
      await expiry.extend(session, tokenExpiryOf(issued.token));
      recordIssued(session, issued.token);
      return issued;
    },
  );

  /** An exchange of refresh tokens is followed by Strapi's own table. */
  function recordIssued({ sessionId, userId }: CachedSession, token: string): void {
    const issued = requestStates.current()?.issued ?? [];
    if (issued.length > 0) issued.push({ sessionId, userId, token });
  }

  /** The access token of a session that has not begun tells as well whether it leaves. */
  function recordWaiting(rotation: string, token: string): void {
    const issued = requestStates.current()?.issued;
    const first = issued?.find(({ sessionId }) => sessionId === rotation);
    if (first) issued?.push({ ...first, token });
  }

  /** Concurrent logins of the user may evict a session before its first access token. */
  function recordEviction(reason: RefusalReason | null): void {
    const ctx = currentRequest(strapi);
    if (!ctx || reason !== 'session_limit') return;
    const evicted = Promise.reject(new SessionLimitReached());
    evicted.catch(() => undefined);
    requestStates.open(ctx).commits.push(evicted);
  }
}

/** Tells whether an app had a token issued for something else than a user of users-permissions. */
function isOfNoUser(token: string): boolean {
  const { userId } = claimsIn(token);
  return userId !== undefined && userIdOf(userId) === null;
}
