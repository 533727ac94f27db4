import type { EarlyVerification } from './authentication';
import type { RequestState } from './request-state';

/**
 * Verifies a token before Strapi asks for it, and keeps the answer.
 *
 * All that the verification records is recorded once Strapi asks. Another strategy may let the request
 * in before, and an app may read another token.
 */
export async function verifyEarly(
  state: RequestState,
  token: string,
  verify: (token: string) => unknown,
): Promise<EarlyVerification> {
  const before = recordedIn(state);
  const checks = state.checks.length;
  const answer = capture(() => verify(token));
  const isAccepted = await isUsers(answer);
  const recorded = recordedIn(state);
  const recordedChecks = state.checks.splice(checks);
  Object.assign(state, before);
  const answerAndRecord = (): unknown => {
    Object.assign(state, { ...recorded, session: state.session ?? recorded.session });
    state.checks.push(...recordedChecks);
    return answer();
  };
  return { token, isAccepted, answer: answerAndRecord };
}

/** Runs a function, and returns one that returns or throws the same. */
function capture(act: () => unknown): () => unknown {
  try {
    const result = act();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

async function isUsers(answer: () => unknown): Promise<boolean> {
  try {
    const payload: unknown = await answer();
    return (
      typeof payload === 'object' && payload !== null && 'id' in payload && payload.id !== undefined
    );
  } catch {
    return false;
  }
}

/** What a verification records in the state of its request. */
type Recorded = Pick<
  RequestState,
  'refusal' | 'endedToken' | 'isUnverifiable' | 'session' | 'unidentified'
>;

function recordedIn(state: RequestState): Recorded {
  const { refusal, endedToken, isUnverifiable, session, unidentified } = state;
  return { refusal, endedToken, isUnverifiable, session, unidentified };
}
