import type { ConfirmedLogin, LoginOptions, PendingLogin } from '../../../../shared/contracts';
import { BadArgument } from '../../services/actions/service-arguments';
import type { RequestFacts } from '../../services/requests/login-facts';
import type { RequestStates } from '../../services/requests/request-state';
import { sanitizeText } from '../../services/requests/sanitize-text';
import { userIdOf } from '../../services/requests/user-id';
import type { LoginBinding } from '../../services/sessions/logins/login-binding';
import type { Sessions } from '../../services/sessions/sessions';
import { currentRequest, isRequest, USERS_ORIGIN, type Strapi } from '../../strapi';
import { issueAs, type Issue } from './issue-start';
import { inRefreshMode, jwtServiceOf } from './jwt-service';

/** Dependencies of {@link beginLogin}. */
export interface PendingLoginParts {
  strapi: Strapi;
  facts: RequestFacts;
  binding: LoginBinding;
  requestStates: RequestStates;
  sessions: Sessions;
}

/** The tokens of a login. */
type Tokens = Omit<ConfirmedLogin, 'sessionId'>;

/** Strapi's session manager as its own code calls it. */
interface OriginSessionManager {
  generateRefreshToken(
    userId: string,
    deviceId: string | undefined,
    options: object,
  ): Promise<{ token: string }>;
  generateAccessToken(refreshToken: string): Promise<{ token: string } | { error: string }>;
}

/** The longest name of a method, in characters. */
const MAX_METHOD_LENGTH = 64;

/** Begins a login of two steps, which is bound to its user as the user is now. */
export function beginLogin(
  parts: PendingLoginParts,
  user: { id: number | string },
  { method: given, ctx }: LoginOptions,
): PendingLogin {
  const { strapi, facts, binding, requestStates, sessions } = parts;
  const userId = userFrom(user.id);
  const method = methodFrom(given);
  const known = binding.of(userId);
  // `confirm` reports it.
  known.catch(() => undefined);
  const first = isRequest(ctx) ? ctx : currentRequest(strapi);
  let isConfirmed = false;

  async function issueTokens(): Promise<ConfirmedLogin> {
    const login = { ...facts.loginFactsOf(currentRequest(strapi) ?? first), method };
    const recorded = deferred();
    const how: Issue = {
      startsAt: 'now',
      login: { facts: login, binding: known, ...recorded.settle },
    };
    const tokens = await issueAs(how, () => newTokens(strapi, userId));
    const sessionId = await recorded.result;
    if (await sessions.isActive(sessionId)) return { ...tokens, sessionId };
    throw new Error('the login was revoked before it was confirmed');
  }

  return {
    async confirm() {
      if (isConfirmed) throw new Error('the login was confirmed before');
      isConfirmed = true;
      const state = requestStates.current();
      if (state) state.loginsUnderWay += 1;
      try {
        return await issueTokens();
      } finally {
        if (state) state.loginsUnderWay -= 1;
      }
    },
  };
}

function userFrom(id: unknown): number {
  const userId = userIdOf(id);
  if (userId === null) throw new BadArgument('invalid_user_id', 'begin() takes a user with an id');
  return userId;
}

function methodFrom(given: string): string {
  const method = sanitizeText(given, MAX_METHOD_LENGTH);
  if (method === null)
    throw new BadArgument('invalid_method', 'begin() takes the name of a method');
  return method;
}

async function newTokens(strapi: Strapi, userId: number): Promise<Tokens> {
  if (!inRefreshMode(strapi)) {
    return { jwt: await jwtServiceOf(strapi).issue({ id: userId }), refreshToken: null };
  }
  const manager: OriginSessionManager = strapi.sessionManager(USERS_ORIGIN);
  const refresh = await manager.generateRefreshToken(String(userId), undefined, {
    type: 'refresh',
  });
  const access = await manager.generateAccessToken(refresh.token);
  if ('error' in access) throw new Error(`no access token was issued: ${access.error}`);
  return { jwt: access.token, refreshToken: refresh.token };
}

/** A session id that the record of a login tells later, or why there is none. */
function deferred() {
  let recorded: (sessionId: string) => void = () => undefined;
  let failed: (error: unknown) => void = () => undefined;
  const result = new Promise<string>((resolve, reject) => {
    [recorded, failed] = [resolve, reject];
  });
  // A failure also rejects the promise of the tokens. Without a handler here it would end the process.
  result.catch(() => undefined);
  return { result, settle: { recorded, failed } };
}
