import type { RefusalReason } from '../../../../shared/contracts';
import { monotonicMs } from '../../clock';

/** The facts that seams record about a request, for the middleware around it. */
export interface RequestState {
  /** Writes that must be committed before the response leaves. */
  readonly commits: Promise<unknown>[];
  refusal: RefusalReason | null;
  /** Whether the session of its token could not be looked up. */
  isUnverifiable: boolean;
  /** The retry delay of a login refused after too many failures, in milliseconds; else `null`. */
  retryAfterMs: number | null;
  /** The monotonic instant since which the request has seen every termination of its user. */
  userKnownSinceMs: number;
  /** The session of the request's token, once it is authorized. */
  session: { sessionId: string; userId: number } | null;
}

/** The states of current requests. */
export interface RequestStates {
  /** Returns the state of a request; the first call creates it. */
  open(ctx: object): RequestState;
  /** Returns the state of a request if there is one. */
  peek(ctx: object): RequestState | undefined;
  /**
   * Returns the monotonic instant since which the current request has seen its user's terminations.
   *
   * That is its start, or the time when it last terminated the user's sessions itself. Outside of a
   * request it is now.
   */
  userKnownSinceMs(): number;
  /** Records that the current request itself terminated its user's sessions now. */
  renewUserKnowledge(): void;
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
