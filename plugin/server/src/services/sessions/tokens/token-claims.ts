/** The claims of a token, or the fields of a payload that `jwt.verify` returned. */
export type Claims = Record<string, unknown>;

/** The claim of users' tokens that names their session (legacy mode). */
const SESSION_CLAIM = 'msm';

/** The claim that does so where an app gives the other one a value of its own. */
const RESERVE_CLAIM = 'urn:magic-sessionmanager:session';

/** The name of the claim in tokens from before it had a name of its own. */
const EARLIER_CLAIM = 'sid';

const SESSION_CLAIMS: readonly string[] = [RESERVE_CLAIM, SESSION_CLAIM, EARLIER_CLAIM];

/** The exact format of session ids, also of Strapi's; some databases would match other spellings. */
const SESSION_ID = /^[\da-f]{32}$/;

const NEVER_MS = Number.MAX_SAFE_INTEGER;

/** The last instant that a date can name; a token that expires later never does. */
const LATEST_MS = 8_640_000_000_000_000;

/** Tells whether a value has the format of a session id. */
export function isSessionId(value: unknown): value is string {
  return typeof value === 'string' && SESSION_ID.test(value);
}

/** Adds the claim that names a session; every claim of the app stays as it is. */
export function withSessionClaim(claims: Claims, sessionId: string): Claims {
  const name = claims[SESSION_CLAIM] === undefined ? SESSION_CLAIM : RESERVE_CLAIM;
  return { [name]: sessionId, ...defined(claims) };
}

/** Tells whether an app says that a token is of no session. */
export function isSessionless(claims: Claims): boolean {
  return SESSION_CLAIMS.some((name) => claims[name] === false);
}

/** Takes out the claims that say that a token is of no session. */
export function withoutSessionClaim(claims: Claims): Claims {
  const isSaid = ([name, value]: [string, unknown]): boolean =>
    value === false && SESSION_CLAIMS.includes(name);
  return Object.fromEntries(Object.entries(claims).filter((claim) => !isSaid(claim)));
}

/** A claim without a value is not in the token. */
function defined(claims: Claims): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** Returns the session that claims name; `null` if they name none in the format of the plugin. */
export function claimedSession(claims: Claims): string | null {
  return SESSION_CLAIMS.map((name) => claims[name]).find(isSessionId) ?? null;
}

/** Reads the claims of a token without verifying it; a token of another form has none. */
export function claimsIn(token: string): Claims {
  try {
    return asClaims(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
  } catch {
    return {};
  }
}

/** Returns a value if it is an object, else no claims. */
export function asClaims(value: unknown): Claims {
  return typeof value === 'object' && value !== null ? (value as Claims) : {};
}

/** Returns when a token expires, in Unix milliseconds; a token that does not say so never does. */
export function expiryOf({ exp }: Claims): number {
  return Math.min(instantOf(exp) ?? NEVER_MS, NEVER_MS);
}

/** Returns when a token expires, in Unix milliseconds; `null` if it never does, or says nothing of it. */
export function tokenExpiryOf(token: string): number | null {
  return dateOf(expiryOf(claimsIn(token)));
}

/** Returns an expiry as the database keeps it: `null` stands for never. */
export function dateOf(expiresAtMs: number): number | null {
  return expiresAtMs <= LATEST_MS ? expiresAtMs : null;
}

/** Reads a time of a token in whole Unix milliseconds; `null` if it is none. */
export function instantOf(seconds: unknown): number | null {
  return typeof seconds === 'number' && seconds >= 0 ? Math.trunc(seconds * 1000) : null;
}
