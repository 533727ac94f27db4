import type { Client } from '../../../../../shared/core';
import type { LoginFacts } from '../../requests/login-facts';
import { sanitizeText } from '../../requests/sanitize-text';
import { loadServerCore } from '../../settings/load-core';
import type { Claims } from './token-claims';

/** The claims by which identity providers name a session, most usual first. */
const SESSION_CLAIMS = ['sid', 'session_id', 'session_state', 'origin_jti'];

/** The longest name of a provider in the method of a session. */
const MAX_ISSUER_LENGTH = 58;

/** What an identity provider's token says of its session. */
export interface ProviderIdentity {
  id: string;
  /** Whether the provider names its session. */
  isNamed: boolean;
}

/**
 * Derives the id of a session from what a provider says of it.
 *
 * The id is a hash that the user's id goes into, so no provider can name a session of the plugin or of
 * another user. A provider that names no session has one on each device, from each login that it dates.
 */
export function providerIdentity(
  claims: Claims,
  userId: number,
  device: { userAgent: string | null; client: Client },
): ProviderIdentity {
  const issuer = textOf(claims.iss);
  const session = SESSION_CLAIMS.map((name) => textOf(claims[name])).find((text) => text !== null);
  if (session !== undefined)
    return { id: idOf(['session', issuer, session, userId]), isNamed: true };
  const subject = textOf(claims.sub) ?? textOf(claims.jti);
  const login = textOf(claims.auth_time);
  const { userAgent, client } = device;
  const network = client.place ?? client.address;
  const id = idOf(['device', issuer, subject, login, userId, userAgent, network]);
  return { id, isNamed: false };
}

/** Returns the id of the session that follows a terminated one on the same device. */
export function nextProviderSession(id: string): string {
  return idOf(['next', id]);
}

/** Returns how a provider's token logs its user in: by the provider's host, if it names it. */
export function providerMethod(claims: Claims, facts: LoginFacts): string {
  const issuer = textOf(claims.iss);
  const host = issuer && (URL.canParse(issuer) ? new URL(issuer).host : issuer);
  const name = sanitizeText(host, MAX_ISSUER_LENGTH);
  return name ? `oauth:${name}` : facts.method;
}

/** No token has a line feed, so no token has the same id as a session of a provider. */
function idOf(parts: readonly unknown[]): string {
  return loadServerCore().sessionIdFor('provider', JSON.stringify(parts));
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
