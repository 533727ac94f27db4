import type { RefusalReason } from '../../../../shared/contracts';
import type { AuthenticationUnderWay } from './authentication';
import { createUserKnowledge, type UserKnowledge } from './user-knowledge';

/**
 * The token of a terminated session, which counts as none if all operations of its request are for
 * visitors.
 */
export interface UndecidedToken {
  reason: RefusalReason;
  session: { sessionId: string; userId: number } | null;
  operations: 'unknown' | 'for-visitors' | 'others';
}

/** A login whose session has not begun. */
export interface PendingLogin {
  begin(): Promise<void>;
  withhold(): Promise<void>;
}

/** The facts that seams record about a request, for the middleware around it. */
export interface RequestState {
  /** Writes that must be committed before the response leaves. */
  readonly commits: Promise<unknown>[];
  /** Transactions of users' changes, which the response must not confirm if they fail. */
  readonly changes: Promise<unknown>[];
  /** Whether the response carries new tokens, which no cache may keep. */
  issuesTokens: boolean;
  /** Whether a middleware has written the response that follows from this state. */
  hasResponded: boolean;
  refusal: RefusalReason | null;
  /** The token of a terminated session that a GraphQL request came with; `null` for none. */
  endedToken: UndecidedToken | null;
  /** The refresh tokens of a request to log out. */
  logoutTokens: readonly string[];
  /** Logs out by these tokens, once the request turns out to have no other; else `null`. */
  logOut: (() => Promise<void>) | null;
  /** Whether the session of its token could not be looked up. */
  isUnverifiable: boolean;
  /** The retry delay of a login refused after too many failures, in milliseconds; else `null`. */
  retryAfterMs: number | null;
  /** What the request knows of the users that it may log in. */
  readonly users: UserKnowledge;
  /** What is remembered while Strapi authenticates the request and reads the user; else `null`. */
  authentication: AuthenticationUnderWay | null;
  /** The session of the request's token, once it is authorized. */
  session: { sessionId: string; userId: number } | null;
  /** The token of a request whose user is known only once the user is read. */
  unidentified: { token: string; payload: { id: unknown } } | null;
  /** The checks of tokens whose payload was returned at once, by a `jwt.verify` of the app. */
  readonly checks: Promise<unknown>[];
  /** The number of users-permissions' own logins that run now. */
  loginsUnderWay: number;
  /** The number of confirmations of e-mail addresses that run now. */
  confirmationsUnderWay: number;
  /** The users who proved who they are, by a password or by a code of a mail. */
  readonly provenUsers: Set<number>;
  /** The places of the request that users are known at, by their ids. */
  readonly knownPlaces: Map<number, readonly { place: string; lastLoginAtMs: number }[]>;
  /** The device cookie that the answer sets; `null` for none. */
  deviceCookie: string | null;
  /** The session that a plugin chose for the next tokens; `null` for a login. */
  chosenSession: string | null | undefined;
  /** The cookies that carried secrets of a session; to be removed if it is terminated. */
  staleCookies: string[];
  /** The tokens that were issued, with the session of each. */
  readonly issued: { sessionId: string; userId: number; token: string }[];
  /** The logins whose sessions begin when a token of theirs leaves in the answer, by session. */
  readonly logins: Map<string, PendingLogin>;
  /** The tokens that the answer carried before it was encoded. */
  readonly carried: Set<string>;
  /** The texts of the answer that may be secrets which belong to these tokens. */
  readonly answered: Set<string>;
  /** The number of middlewares that hold the response. */
  holders: number;
}

/** The states of current requests. */
export interface RequestStates {
  /** Returns the state of a request; the first call creates it. */
  open(ctx: object): RequestState;
  /** Returns the state of a request if there is one. */
  peek(ctx: object): RequestState | undefined;
  /** Returns the state of the current request; `undefined` outside of one. */
  current(): RequestState | undefined;
}

/**
 * Creates the states of requests; each lives as long as its request.
 *
 * @param currentRequest Returns the caller's request.
 */
export function createRequestStates(currentRequest: () => object | undefined): RequestStates {
  const states = new WeakMap<object, RequestState>();

  function open(ctx: object): RequestState {
    const state = states.get(ctx) ?? {
      commits: [],
      changes: [],
      issuesTokens: false,
      hasResponded: false,
      refusal: null,
      endedToken: null,
      logoutTokens: [],
      logOut: null,
      isUnverifiable: false,
      retryAfterMs: null,
      session: null,
      authentication: null,
      unidentified: null,
      checks: [],
      users: createUserKnowledge(),
      loginsUnderWay: 0,
      confirmationsUnderWay: 0,
      provenUsers: new Set(),
      knownPlaces: new Map(),
      deviceCookie: null,
      chosenSession: undefined,
      staleCookies: [],
      issued: [],
      logins: new Map(),
      carried: new Set(),
      answered: new Set(),
      holders: 0,
    };
    states.set(ctx, state);
    return state;
  }

  return {
    open,

    peek: (ctx) => states.get(ctx),

    current() {
      const ctx = currentRequest();
      return ctx && open(ctx);
    },
  };
}
