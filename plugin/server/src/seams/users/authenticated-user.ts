import type { CheckedAccount } from '../../services/sessions/account-check';
import { createAuthentication } from '../../services/requests/authentication';
import type { RequestState } from '../../services/requests/request-state';
import { userIdOf } from '../../services/requests/user-id';
import { currentRequest, type RequestContext, type Strapi } from '../../strapi';
import { createTokenAuthorization } from '../tokens/authorize-token';
import { refuseToken } from '../refuse';
import type { SeamParts } from '../parts';
import { SEAMS } from '../proofs/names';
import { wrapFunction } from '../proofs/wrapped-functions';
import { refuseOtherOperations } from '../tokens/ended-token';
import { createRefreshLogout } from '../tokens/refresh-logout';
import { userServiceOf } from './user-service';

/** The wrapped part of Strapi's authentication. */
export interface Authentication {
  authenticate(ctx: unknown, next: () => Promise<unknown>): Promise<unknown>;
}

/** Returns Strapi's authentication as Strapi finds it now. */
export function authenticationOf(strapi: Strapi): Authentication {
  return strapi.get<Authentication>('auth');
}

/**
 * Checks the session of a request by the user that Strapi reads for it, without a statement more.
 *
 * It finds a changed password, a block and a deletion also where no lifecycle told of it.
 */
export function checkAuthenticatedUsers(parts: SeamParts): void {
  const { strapi, tokens, requestStates, accountCheck } = parts;
  const authorize = createTokenAuthorization(parts);

  /** An app may look a user up by something else than the id, for instance by the provider's. */
  async function authorizeUnidentified(
    state: RequestState,
    id: unknown,
    userId: number,
  ): Promise<void> {
    const { unidentified } = state;
    if (unidentified?.payload.id !== id) return;
    state.unidentified = null;
    const payload = { ...unidentified?.payload, id: userId };
    const identity = unidentified && tokens.identify(unidentified.token, payload);
    const ended = identity && (await authorize(identity));
    if (ended) refuseToken(parts, state, ended);
  }

  const authentication = {
    name: SEAMS.authenticate,
    owner: () => authenticationOf(strapi),
    method: 'authenticate',
  } as const;
  const logout = createRefreshLogout(parts);

  wrapFunction(strapi, authentication, (authenticate) => async (ctx, next) => {
    // An app's own code may call it with anything; Strapi tells it what is wrong.
    if (!isObject(ctx)) return await authenticate(ctx, next);
    const state = requestStates.open(ctx);
    const run = async (then: () => Promise<unknown>): Promise<unknown> => {
      state.authentication = createAuthentication();
      try {
        return await authenticate(ctx, async () => {
          state.authentication = null;
          return await then();
        });
      } finally {
        state.authentication = null;
      }
    };
    const request = currentRequest(strapi);
    state.logoutTokens = request ? logout.tokensOf(request) : [];
    if (!request || state.logoutTokens.length === 0) {
      const result = await run(next);
      if (request) refuseOtherOperations(parts, request, state);
      return result;
    }
    await run(() => Promise.resolve());
    if (request.state.user) return await next();
    state.logOut = () => logout.logOut(request, state.logoutTokens);
    admitHolder(request);
    return await next();
  });

  const userRead = {
    name: SEAMS.readUser,
    owner: () => userServiceOf(strapi),
    method: 'fetchAuthenticatedUser',
  } as const;
  wrapFunction(strapi, userRead, (read) => async (id) => {
    const user = await read(id);
    const state = requestStates.current();
    if (!state) return user;
    await Promise.all(state.checks);
    if (user) await authorizeUnidentified(state, id, user.id);
    const { session } = state;
    if (!session) return user;
    if (session.userId !== userIdOf(user?.id ?? id)) {
      // An app lets one user act for another; the account of the session's own user counts.
      const reason = state.authentication ? await accountCheck.checkWithinLease(session) : null;
      if (reason) refuseToken(parts, state, { session, reason });
      return user;
    }
    try {
      const account = user && accountOf(user);
      const reason =
        account === undefined
          ? await accountCheck.checkNow(session)
          : await accountCheck.check(
              session,
              account,
              state.authentication?.userReadAtMs ?? undefined,
            );
      if (reason) refuseToken(parts, state, { session, reason });
    } catch (error) {
      state.isUnverifiable ||= !state.refusal;
      throw error;
    }
    return user;
  });
}

/** Returns what decides on the sessions of a user; `undefined` where an app reads less of it. */
function accountOf({
  documentId,
  password,
  blocked = null,
}: Partial<CheckedAccount>): CheckedAccount | undefined {
  if (documentId === undefined || password === undefined) return undefined;
  return { documentId, password, blocked };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Lets the holder of a refresh token pass, whatever Strapi responded to the request without one. */
function admitHolder(ctx: RequestContext): void {
  ctx.state.isAuthenticated = true;
  ctx.state.auth = { strategy: { name: 'refresh-logout' }, credentials: null, ability: null };
  ctx.body = null;
  ctx.status = 200;
}
