import type { EarlyVerification } from './authentication';
import type { RequestState } from './request-state';

/**
 * Verifies a token before Strapi asks for it, and keeps the answer.
 *
 * A refusal is recorded only once Strapi asks, because another strategy may let the request in before.
 */
export async function verifyEarly(
  state: RequestState,
  token: string,
  verify: (token: string) => unknown,
): Promise<EarlyVerification> {
  const before = recordedIn(state);
  const answer = capture(() => verify(token));
  if (await isUsers(answer)) return { token, isAccepted: true, answer };
  const recorded = recordedIn(state);
  Object.assign(state, before);
  const refuse = (): unknown => {
    Object.assign(state, recorded);
    return answer();
  };
  return { token, isAccepted: false, answer: refuse };
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
