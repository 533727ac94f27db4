import type { RefusalReason } from '../../../../shared/contracts';
import { claimedRotation } from '../../services/sessions/token-identity';
import { loginFactsOf } from '../../services/requests/login-facts';
import { SessionLimitReached } from '../../services/sessions/session-limit';
import type { IssuedRefreshToken } from '../../services/sessions/refresh-rotation';
import { createKeyedMutex } from '../../async/keyed-mutex';
import type { CachedSession } from '../../services/sessions/sessions';
import { USERS_ORIGIN } from '../../strapi';
import { createPreIssuedAccessTokens } from './pre-issued-access-token';
import { holdResponse } from './hold-response';
import type { SeamParts } from '../parts';
import {
  isSigned,
  strapiSessionManagerOf,
  type Issued,
  type StrapiSessionManager,
} from './strapi-session-manager';
import { wrapOnce } from '../wrap-once';

const REFUSED = { error: 'invalid_refresh_token' };

/** Wraps Strapi's session manager to create, continue and check users' sessions (refresh mode). */
export function wrapRefreshTokens(parts: SeamParts): void {
  const manager = strapiSessionManagerOf(parts);
  if (!manager) return;
  const { sessions, rotation, accountCheck, continuation, requestStates, strapi } = parts;
  const { inTransaction } = parts;
  const generateAccessToken = manager.generateAccessToken.bind(manager);
  const validateRefreshToken = manager.validateRefreshToken.bind(manager);
  const preIssued = createPreIssuedAccessTokens(strapi, (refreshToken) =>
    generateAccessToken(refreshToken, USERS_ORIGIN),
  );

  /** Writes a login with both of its tokens in one transaction with Strapi's own row. */
  async function logIn(
    userId: string,
    generate: () => Promise<IssuedRefreshToken>,
  ): Promise<IssuedRefreshToken> {
    const { issued, login } = await inTransaction(async () => {
      const issued = await generate();
      const login = await sessions.record({
        sessionId: issued.sessionId,
        userId: Number(userId),
        facts: loginFactsOf(strapi.requestContext.get()),
        refreshToken: issued.token,
        accessToken: await preIssued.issue(issued.token),
      });
      return { issued, login };
    });
    await login.finish();
    return issued;
  }

  /** Adds a refresh family to a session that the request continues. */
  async function join(
    session: CachedSession,
    generate: () => Promise<IssuedRefreshToken>,
  ): Promise<IssuedRefreshToken> {
    const { issued } = await continuation.join(session, async () => {
      const issued = await generate();
      const accessToken = await preIssued.issue(issued.token);
      if (accessToken === undefined) throw new Error('Strapi refused its own refresh token');
      return { id: issued.sessionId, accessToken, issued };
    });
    return issued;
  }

  /** Issues a refresh token, and records its session for what leaves in the same answer. */
  async function issue(
    userId: string,
    generate: () => Promise<IssuedRefreshToken>,
  ): Promise<IssuedRefreshToken> {
    const state = requestStates.current();
    const session = await continuation.begin(Number(userId)).session();
    const issued = session ? await join(session, generate) : await logIn(userId, generate);
    const sessionId = session?.sessionId ?? issued.sessionId;
    state?.issued.push({ sessionId, userId: Number(userId), token: issued.token });
    return issued;
  }

  wrapOnce(
    manager,
    'generateRefreshToken',
    (generate) => async (userId, deviceId, origin, options) => {
      const begin = () => generate(userId, deviceId, origin, options);
      if (origin !== USERS_ORIGIN) return await begin();
      const commit = issue(userId, begin);
      holdResponse(commit, parts);
      return await commit;
    },
  );

  const refuse = (reason: RefusalReason | null): typeof REFUSED => {
    const ctx = strapi.requestContext.get();
    if (ctx && reason) requestStates.open(ctx).refusal = reason;
    return REFUSED;
  };

  /** A token without a session is older than the plugin, or invalid; Strapi validates it. */
  async function adopt(token: string, claimed: string): Promise<CachedSession | typeof REFUSED> {
    const { isValid, userId } = await validateRefreshToken(token, USERS_ORIGIN);
    if (!isValid) return REFUSED;
    return (await sessions.adoptRotation(claimed, Number(userId))) ?? refuse('unknown');
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
    if (session.state === 'terminated') return refuse(session.reason);
    const reason = await accountCheck.checkNow(session);
    if (reason) return refuse(reason);
    const classification = await rotation.classify(session, token);
    if (classification === 'refused')
      return refuse((await sessions.findByRotation(sessionId))?.reason ?? null);
    const issued = classification === 'fresh' ? await rotate() : classification;
    if ('error' in issued) return issued;
    const rotated = classification === 'fresh' ? await follow(session, token, issued) : issued;
    if (rotated === 'refused')
      return refuse((await sessions.findByRotation(sessionId))?.reason ?? null);
    const identity = { kind: 'rotation', id: rotated.sessionId, userId, expiresAtMs: 0 } as const;
    const authorization = await sessions.authorize(identity);
    if ('refusal' in authorization) return refuse(authorization.refusal);
    return { ...issued, ...rotated };
  }

  async function follow(
    session: CachedSession,
    parent: string,
    { token, sessionId }: IssuedRefreshToken,
  ): Promise<'refused' | IssuedRefreshToken> {
    const accessToken = await preIssued.issue(token);
    return await rotation.follow(session, parent, { token, sessionId, accessToken });
  }

  const mutex = createKeyedMutex();
  wrapOnce(manager, 'rotateRefreshToken', (rotate) => async (token, origin) => {
    if (origin !== USERS_ORIGIN) return await rotate(token, origin);
    const state = requestStates.current();
    if (state) state.issuesTokens = true;
    // The retry of a pending request waits for it and gets the same result.
    return await mutex.run(token, () => exchange(manager, token, () => rotate(token, origin)));
  });

  wrapOnce(manager, 'generateAccessToken', (generate) => async (refreshToken, origin) => {
    if (origin !== USERS_ORIGIN) return await generate(refreshToken, origin);
    const earlier = preIssued.take(refreshToken);
    const issued = earlier ?? (await generate(refreshToken, origin));
    const rotation = claimedRotation(refreshToken);
    const session = rotation ? await sessions.findByRotation(rotation) : null;
    if (!session) return issued;
    if ('error' in issued || session.state === 'terminated') {
      recordEviction(session.reason);
      return REFUSED;
    }
    if (!earlier) await sessions.keepTokens(session.sessionId, { accessToken: issued.token });
    const issuedBefore = requestStates.current()?.issued ?? [];
    // An exchange of refresh tokens is followed by Strapi's own table.
    if (issuedBefore.length > 0) {
      const { sessionId, userId } = session;
      issuedBefore.push({ sessionId, userId, token: issued.token });
    }
    return issued;
  });

  /** Concurrent logins of the user may evict a session before its first access token. */
  function recordEviction(reason: RefusalReason | null): void {
    const ctx = strapi.requestContext.get();
    if (!ctx || reason !== 'session_limit') return;
    const evicted = Promise.reject(new SessionLimitReached());
    evicted.catch(() => undefined);
    requestStates.open(ctx).commits.push(evicted);
  }
}
