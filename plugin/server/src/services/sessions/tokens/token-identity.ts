import type { LoginFacts } from '../../requests/login-facts';

/** The facts that every token of a user has. */
interface UserToken {
  userId: number;
  /** When the token expires, in Unix milliseconds. */
  expiresAtMs: number;
}

/** When a token says that it was issued. */
interface Dated {
  /**
   * In Unix milliseconds; its session is younger. It is missing where the token does not say so, or
   * names a time to come.
   */
  issuedAtMs?: number;
}

/** A token that the app issued, and that names its session. */
export interface NamedToken extends UserToken {
  /** `claim`: the plugin's claim (legacy mode). `rotation`: Strapi's own session row (refresh mode). */
  kind: 'claim' | 'rotation';
  id: string;
  /** Returns the id that is derived from the token; it leads on if an app chose the claim itself. */
  tokenId?: () => string;
  /** Returns the SHA-256 of the token, by which version 4 of the plugin knew it. */
  hash?: () => string;
}

/** A token that the app's secret signed, and that names no session; its id is derived from it. */
export interface UnnamedToken extends UserToken, Dated {
  kind: 'unnamed';
  id: string;
  /** Returns the SHA-256 of the token, by which version 4 of the plugin knew it. */
  hash: () => string;
}

/** A token that an app's own `jwt.verify` accepted, for instance one of an identity provider. */
export interface ProviderToken extends UserToken, Dated {
  kind: 'provider';
  /** The id of the provider's session, derived from its name and the user. */
  id: string;
  /** The id that is derived from the token, in case that the app itself issued it. */
  tokenId: string;
  /** Whether the provider names its session; else a device stands for one. */
  isNamed: boolean;
  /** Returns the facts of the request that brings the token. */
  facts: () => LoginFacts;
}

/** The session that a verified token names. */
export type TokenIdentity = NamedToken | UnnamedToken | ProviderToken;

/** A token of users-permissions that a request carries, expired or not. */
export interface CarriedToken {
  id: string;
  userId: number;
  /** Whether the token names its session; an id that is derived from it may lead to none. */
  isNamed: boolean;
}

/** How the session of a token that was just issued is found. */
export interface IssuedName {
  /** The session's id, or that of the token where it does not name the session. */
  id: string;
  /** When the token expires, in Unix milliseconds, where the id is that of the token. */
  keepUntilMs?: number;
}

/** A token that was just issued, as its session is found and extended by it. */
export interface IssuedToken extends IssuedName {
  /** When it expires, in Unix milliseconds; `null` if it never does. */
  expiresAtMs: number | null;
}
