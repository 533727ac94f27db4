import type { CurrentAnswer } from '../principals/principal-reads';

/** A token that was verified before Strapi asked for it. */
export interface EarlyVerification {
  token: string;
  /** Whether it is the token of a user whose session goes on. */
  isAccepted: boolean;
  /** Returns or throws what `jwt.verify` did. */
  answer: () => unknown;
}

/** What is remembered while Strapi authenticates one request. */
export interface AuthenticationUnderWay {
  verification: EarlyVerification | null;
  /** The last text that Strapi has hashed as an API token, with its hash. */
  hashed: { text: string; hash: string } | null;
  /** The users that were read, by id, until Strapi asks for them again. */
  readonly users: Map<number, CurrentAnswer>;
  /** With the principal cache, the monotonic instant before the user was read; else `null`. */
  userReadAtMs: number | null;
}

export function createAuthentication(): AuthenticationUnderWay {
  return { verification: null, hashed: null, users: new Map(), userReadAtMs: null };
}
