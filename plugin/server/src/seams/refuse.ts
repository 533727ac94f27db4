import type { RefusalReason } from '../../../shared/contracts';
import type { SeamParts } from './parts';
import type { RequestState } from '../services/requests/request-state';

/** Thrown for a terminated session; any other error leaves the session's state unknown. */
export class Refused extends Error {
  constructor(reason: RefusalReason) {
    super(`the session is terminated: ${reason}`);
  }
}

/** A signed token whose session is terminated. */
export interface EndedToken {
  reason: RefusalReason;
  /** `null` where there is no record of the session. */
  session: { sessionId: string; userId: number } | null;
}

/** Records the reason of a refusal for its response, and the use of the token. */
export function recordRefusal(
  { refusedTokens }: Pick<SeamParts, 'refusedTokens'>,
  state: RequestState | null | undefined,
  { session, reason }: EndedToken,
): void {
  if (session) refusedTokens.record(session, reason);
  if (state) state.refusal = reason;
}

/** Refuses a request for its token. */
export function refuseToken(
  parts: Pick<SeamParts, 'refusedTokens'>,
  state: RequestState | null | undefined,
  ended: EndedToken,
): never {
  recordRefusal(parts, state, ended);
  throw new Refused(ended.reason);
}
