import type { RefusalReason } from '../../../../shared/contracts';
import { claimedRotation } from '../../services/sessions/token-identity';
import { loginFactsOf } from '../../services/requests/login-facts';
import { LimitReached } from '../../services/sessions/session-limit';
import type { Child } from '../../services/sessions/refresh-rotation';
import { createTurns } from '../../async/keyed-mutex';
import type { KnownSession } from '../../stores/memory/session-cache';
import { USERS_ORIGIN } from '../../strapi';
import { createAccessAhead } from './pre-issued-access-token';
import { holdAnswerFor } from './hold-response';
import type { SeamParts } from '../parts';
import { innerManagerOf, type Issued } from './strapi-session-manager';
import { wrapOnce } from '../wrap-once';

const REFUSED = { error: 'invalid_refresh_token' };

/** Makes Strapi's session manager begin, continue and end sessions of users (refresh mode). */
export function wrapRefreshTokens(parts: SeamParts): void {
  const manager = innerManagerOf(parts);
  if (!manager) return;
  const { sessions, rotation, notebook, strapi, inOneCommit } = parts;
  const generateAccessToken = manager.generateAccessToken.bind(manager);
  const validateRefreshToken = manager.validateRefreshToken.bind(manager);
  const accessAhead = createAccessAhead(strapi, (refreshToken) =>
    generateAccessToken(refreshToken, USERS_ORIGIN),
  );

  /** Writes a login down in one commit with Strapi's own row, and both of its tokens with it. */
  async function logIn(userId: string, generate: () => Promise<Child>): Promise<Child> {
    const { issued, admit } = await inOneCommit(async () => {
      const issued = await generate();
      const admit = await sessions.record({
        sessionId: issued.sessionId,
        userId: Number(userId),
        facts: loginFactsOf(strapi.requestContext.get()),
        refreshToken: issued.token,
        accessToken: await accessAhead.issue(issued.token),
      });
      return { issued, admit };
    });
    await admit();
    return issued;
  }

  wrapOnce(
    manager,
    'generateRefreshToken',
    (generate) => async (userId, deviceId, origin, options) => {
      const begin = () => generate(userId, deviceId, origin, options);
      if (origin !== USERS_ORIGIN) return await begin();
      const commit = logIn(userId, begin);
      holdAnswerFor(commit, parts);
      return await commit;
    },
  );

  const refuse = (reason: RefusalReason | null): typeof REFUSED => {
    const ctx = strapi.requestContext.get();
    if (ctx && reason) notebook.of(ctx).refusal = reason;
    return REFUSED;
  };

  /** A token of no session here is from before the plugin, or is none; Strapi knows which. */
  async function adopt(token: string, claimed: string): Promise<KnownSession | typeof REFUSED> {
    const { isValid, userId } = await validateRefreshToken(token, USERS_ORIGIN);
    if (!isValid) return REFUSED;
    return (await sessions.adoptFamily(claimed, Number(userId))) ?? refuse('unknown');
  }

  async function exchange(token: string, rotate: () => Promise<Issued>): Promise<Issued> {
    const claimed = claimedRotation(token);
    if (!claimed) return REFUSED;
    const session = (await sessions.familyOf(claimed)) ?? (await adopt(token, claimed));
    if ('error' in session) return session;
    const { sessionId, userId } = session;
    if (session.state === 'terminated') return refuse(session.reason);
    const known = await rotation.judge(session, token);
    if (known === 'refused') return refuse((await sessions.familyOf(sessionId))?.reason ?? null);
    const issued = known === 'fresh' ? await rotate() : known;
    if ('error' in issued) return issued;
    const child = known === 'fresh' ? await follow(session, token, issued) : issued;
    if (child === 'refused') return refuse((await sessions.familyOf(sessionId))?.reason ?? null);
    const identity = { kind: 'rotation', id: child.sessionId, userId, expiresAtMs: 0 } as const;
    const judgement = await sessions.judge(identity);
    if ('refusal' in judgement) return refuse(judgement.refusal);
    return { ...issued, ...child };
  }

  async function follow(
    session: KnownSession,
    parent: string,
    { token, sessionId }: Child,
  ): Promise<'refused' | Child> {
    const accessToken = await accessAhead.issue(token);
    return await rotation.follow(session, parent, { token, sessionId, accessToken });
  }

  const turns = createTurns();
  wrapOnce(manager, 'rotateRefreshToken', (rotate) => async (token, origin) => {
    if (origin !== USERS_ORIGIN) return await rotate(token, origin);
    // The retry of a request that is still under way waits for it, and is told the same.
    return await turns.take(token, () => exchange(token, () => rotate(token, origin)));
  });

  wrapOnce(manager, 'generateAccessToken', (generate) => async (refreshToken, origin) => {
    if (origin !== USERS_ORIGIN) return await generate(refreshToken, origin);
    const ahead = accessAhead.take(refreshToken);
    const issued = ahead ?? (await generate(refreshToken, origin));
    const rotation = claimedRotation(refreshToken);
    const session = rotation ? await sessions.familyOf(rotation) : null;
    if (!session) return issued;
    if ('error' in issued || session.state === 'terminated') {
      noteOvertaken(session.reason);
      return REFUSED;
    }
    if (!ahead) await sessions.keepTokens(session.sessionId, { accessToken: issued.token });
    return issued;
  });

  /** Other logins of the user at the same time may end a session before its first access token. */
  function noteOvertaken(reason: RefusalReason | null): void {
    const ctx = strapi.requestContext.get();
    if (!ctx || reason !== 'session_limit') return;
    const overtaken = Promise.reject(new LimitReached());
    overtaken.catch(() => undefined);
    notebook.of(ctx).commits.push(overtaken);
  }
}
