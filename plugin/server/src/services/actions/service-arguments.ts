import {
  BUILT_IN_REASONS,
  SESSION_STATES,
  type SessionsServiceError,
  type SessionsServiceErrorCode,
  type SessionState,
  type TerminationReason,
} from '../../../../shared/contracts';

const USER_ID = 'a user is named by the number of its id';
const SESSION_ID = 'a session is named by its id, a text';
const INSTANT = 'an instant is a finite number of Unix milliseconds';
const REASON = `a reason is 'app:' with a name of at most 64 letters, digits and . _ : / -, or one of ${BUILT_IN_REASONS.join(', ')}`;

/** Only characters that a header field may have. */
const APP_REASON = /^app:[\w.:/-]{1,64}$/;

const MAX_ID_LENGTH = 255;

/** Thrown for a bad argument of the app's own code. */
export class BadArgument extends RangeError implements SessionsServiceError {
  constructor(
    readonly code: SessionsServiceErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Code in JavaScript may pass anything. */
export function checkUserId(userId: unknown): void {
  if (typeof userId === 'number' && Number.isSafeInteger(userId) && userId > 0) return;
  throw new BadArgument('invalid_user_id', USER_ID);
}

export function checkSessionId(sessionId: unknown): void {
  const isId = typeof sessionId === 'string' && sessionId !== '' && !sessionId.includes('\0');
  if (isId && sessionId.length <= MAX_ID_LENGTH) return;
  throw new BadArgument('invalid_session_id', SESSION_ID);
}

export function checkReason(reason: unknown): asserts reason is TerminationReason {
  const isBuiltIn = BUILT_IN_REASONS.some((known) => known === reason);
  if (isBuiltIn || (typeof reason === 'string' && APP_REASON.test(reason))) return;
  throw new BadArgument('invalid_reason', REASON);
}

export function checkInstant(atMs: unknown): void {
  if (Number.isFinite(atMs)) return;
  throw new BadArgument('invalid_instant', INSTANT);
}

/** Reads one state or several. */
export function statesIn(state: unknown): SessionState[] {
  const states: unknown[] = Array.isArray(state) ? state : [state];
  return states.map((given) => {
    const known = SESSION_STATES.find((name) => name === given);
    if (known) return known;
    throw new BadArgument('invalid_state', `a state is one of ${SESSION_STATES.join(', ')}`);
  });
}
