import { refuseToken } from '../refuse';
import type { SeamParts } from '../parts';
import { wrapOnce } from '../wrap-once';

/** A user as Strapi reads it for each request. */
interface AuthenticatedUser {
  id: number;
  blocked: boolean | null;
  password?: string | null;
}

/** The wrapped part of users-permissions' `user` service. */
interface UserService {
  fetchAuthenticatedUser(id: number | string): Promise<AuthenticatedUser | null>;
}

/** The wrapped part of Strapi's authentication. */
interface Authentication {
  authenticate(ctx: object, next: () => Promise<unknown>): Promise<unknown>;
}

/**
 * Checks the session of a request by the user that Strapi reads for it, without a statement more.
 *
 * It finds a changed password, a block and a deletion also where no lifecycle told of it.
 */
export function checkAuthenticatedUsers(parts: SeamParts): void {
  const { strapi, requestStates, accountCheck } = parts;

  const authentication = strapi.get<Authentication>('auth');
  wrapOnce(authentication, 'authenticate', (authenticate) => async (ctx, next) => {
    const state = requestStates.open(ctx);
    state.isAuthenticating = true;
    try {
      return await authenticate(ctx, async () => {
        state.isAuthenticating = false;
        return await next();
      });
    } finally {
      state.isAuthenticating = false;
    }
  });

  const users = strapi.plugin('users-permissions').service<UserService>('user');
  wrapOnce(users, 'fetchAuthenticatedUser', (read) => async (id) => {
    const user = await read(id);
    const state = requestStates.current();
    const session = state?.session;
    if (!state || session?.userId !== Number(id)) return user;
    try {
      const hasPassword = user === null || user.password !== undefined;
      const reason = hasPassword
        ? await accountCheck.check(session, user && { ...user, password: user.password ?? null })
        : await accountCheck.checkNow(session);
      if (reason) refuseToken(parts, state, session, reason);
    } catch (error) {
      state.isUnverifiable ||= !state.refusal;
      throw error;
    }
    return user;
  });
}
