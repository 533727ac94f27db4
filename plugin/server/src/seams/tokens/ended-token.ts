import { isForVisitors, isGraphql } from '../../services/requests/matched-route';
import type { RequestState } from '../../services/requests/request-state';
import type { RequestContext } from '../../strapi';
import { areOperationsKnown } from '../graphql/visitors-operations';
import type { SeamParts } from '../parts';
import { recordRefusal, type EndedToken } from '../refuse';

/** A context to which Strapi has added its responses. */
interface Responding {
  unauthorized(message: string): void;
}

/** Strapi's message for a token that it refuses. */
const MESSAGE = 'Missing or invalid credentials';

/**
 * Tells whether a token of a terminated session counts as none while Strapi authenticates a request.
 *
 * It does where a visitor logs in, registers or resets the password, because front ends may still
 * send it there, and at a logout by a refresh token. The operations of a GraphQL request are known later;
 * {@link refuseOtherOperations} refuses all others then.
 */
export function countsAsNone(
  { strapi }: Pick<SeamParts, 'strapi'>,
  ctx: RequestContext | undefined,
  state: RequestState | undefined,
  ended: EndedToken,
): boolean {
  if (!state?.authentication) return false;
  if (isForVisitors(ctx) || state.logoutTokens.length > 0) return true;
  if (!isGraphql(ctx) || !areOperationsKnown(strapi)) return false;
  state.endedToken = { ...ended, operations: 'unknown' };
  return true;
}

/** Responds 401 to a GraphQL request with such a token, unless its operations are for visitors. */
export function refuseOtherOperations(
  parts: Pick<SeamParts, 'refusedTokens'>,
  ctx: RequestContext,
  state: RequestState,
): void {
  const { endedToken } = state;
  if (!endedToken || endedToken.operations === 'for-visitors') return;
  recordRefusal(parts, state, endedToken);
  // Strapi adds this method to contexts, and leaves it untyped.
  (ctx as unknown as Responding).unauthorized(MESSAGE);
}
