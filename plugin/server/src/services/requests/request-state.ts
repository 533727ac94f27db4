import type { RefusalReason } from '../../../../shared/contracts';
import { monotonicMs } from '../../clock';

/** The facts that seams record about a request, for the middleware around it. */
export interface RequestState {
  /** Writes that must be committed before the response leaves. */
  readonly commits: Promise<unknown>[];
  refusal: RefusalReason | null;
  /** Whether nobody could say if the session of its token goes on. */
  isUnverifiable: boolean;
  /** How long a login has to wait that was refused for too many failed ones; `null` for any other. */
  retryAfterMs: number | null;
  /** Monotonic instant since when the request knows its user. */
  userKnownSinceMs: number;
  /** The session whose token the request came with, once that has passed. */
  session: { sessionId: string; userId: number } | null;
}

/** The state of each request under way. */
export interface RequestStates {
  /** Returns the state of a request, opened at its beginning unless it is open already. */
  open(ctx: object): RequestState;
  /** Returns the state of a request if it is open. */
  peek(ctx: object): RequestState | undefined;
  /**
   * Monotonic instant since when the current request knows its user: when it began, or when it last
   * terminated the user's sessions itself; outside a request, now.
   */
  userKnownSinceMs(): number;
  /** Records that the current request has just terminated a user's sessions and knows it. */
  renewUserKnowledge(): void;
}

/**
 * Creates the states of requests; a state goes when its request does.
 *
 * @param currentRequest Returns the request that surrounds the caller.
 */
export function createRequestStates(currentRequest: () => object | undefined): RequestStates {
  const states = new WeakMap<object, RequestState>();

  function open(ctx: object): RequestState {
    const state = states.get(ctx) ?? {
      commits: [],
      refusal: null,
      isUnverifiable: false,
      retryAfterMs: null,
      session: null,
      userKnownSinceMs: monotonicMs(),
    };
    states.set(ctx, state);
    return state;
  }

  return {
    open,

    peek: (ctx) => states.get(ctx),

    userKnownSinceMs() {
      const ctx = currentRequest();
      return ctx ? open(ctx).userKnownSinceMs : monotonicMs();
    },

    renewUserKnowledge() {
      const ctx = currentRequest();
      if (ctx) open(ctx).userKnownSinceMs = monotonicMs();
    },
  };
}
