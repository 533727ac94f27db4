import type { RequestContext } from '../strapi';
import { carriedTokens } from '../services/requests/carried-tokens';
import type { RequestState } from '../services/requests/request-state';

/**
 * Begins the sessions of the logins whose token leaves in an answer, and withholds the others: a
 * second step may have to follow, and its code has taken the token out of the answer.
 *
 * @param isLast Whether no middleware changes the answer any more; before, it is only read.
 * @returns Why sessions could not begin.
 */
export async function beginAnswered(
  ctx: RequestContext,
  state: RequestState,
  isLast: boolean,
): Promise<unknown[]> {
  if (state.logins.size === 0) return [];
  const tokens = state.issued.map(({ token }) => token);
  const carried = carriedTokens(ctx, tokens);
  if (!isLast) {
    for (const token of carried ?? []) state.carried.add(token);
    return [];
  }
  const leaving = carried ? new Set(carried) : state.carried;
  const failures: unknown[] = [];
  for (const [sessionId, login] of state.logins) {
    if (!leaves(state, sessionId, leaving)) continue;
    state.logins.delete(sessionId);
    await login.begin().catch((error: unknown) => failures.push(error));
  }
  await withholdAll(state);
  return failures;
}

/** Leaves the sessions of all logins that have not begun to the first use of their tokens. */
export async function withholdAll(state: RequestState): Promise<void> {
  for (const [sessionId, login] of state.logins) {
    state.logins.delete(sessionId);
    dropIssued(state, sessionId);
    await login.withhold();
  }
}

function leaves(
  { issued }: RequestState,
  sessionId: string,
  leaving: ReadonlySet<string>,
): boolean {
  return issued.some((one) => one.sessionId === sessionId && leaving.has(one.token));
}

/** No secret in the answer belongs to a session that has not begun. */
function dropIssued({ issued }: RequestState, sessionId: string): void {
  for (let place = issued.length - 1; place >= 0; place -= 1) {
    if (issued[place]?.sessionId === sessionId) issued.splice(place, 1);
  }
}
