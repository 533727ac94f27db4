import type { RefusalReason } from '../../../shared/contracts';
import type { SeamParts } from './parts';
import type { RequestState } from '../services/requests/request-state';

/** Thrown for a terminated session; any other error leaves the session's state unknown. */
export class Refused extends Error {
  constructor(reason: RefusalReason) {
    super(`the session is terminated: ${reason}`);
  }
}

/** A session and its user. */
interface OwnedSession {
  sessionId: string;
  userId: number;
}

/** Refuses a signed token of a terminated session, and records its use. */
export function refuseToken(
  { refusedTokens }: Pick<SeamParts, 'refusedTokens'>,
  state: RequestState | null | undefined,
  session: OwnedSession,
  reason: RefusalReason,
): never {
  refusedTokens.record(session, reason);
  refuse(state, reason);
}

/** Refuses a request, and records the reason for its response. */
export function refuse(state: RequestState | null | undefined, reason: RefusalReason): never {
  if (state) state.refusal = reason;
  throw new Refused(reason);
}
