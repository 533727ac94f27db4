import { followDatabase } from './database-events';
import { skipApiTokenLookup } from './tokens/api-token-lookup';
import { skipAbilities } from './permissions/abilities';
import { wrapJwtIssue } from './tokens/jwt-issue';
import type { SeamParts } from './parts';
import { wrapRefreshTokens } from './tokens/refresh-tokens';
import { checkAuthenticatedUsers } from './users/authenticated-user';
import { followConfirmations } from './users/confirmations';
import { followPrincipalChanges } from './users/principal-changes';
import { rememberPrincipals } from './users/principal-reads';
import { followRoleMembers } from './users/role-members';
import { followStrapiLogout } from './tokens/strapi-logout';
import { followUserReads } from './users/user-reads';
import { followUserChanges } from './users/user-changes';
import { skipSecretParsing } from './tokens/secret-parsing';
import { wrapVerify } from './tokens/verify';
import { skipRemoteEvents } from './webhooks';

/**
 * Wraps the functions of Strapi that issue, verify and authorize users' tokens, and follows writes.
 *
 * @returns A function that removes the subscriptions to writes; the wrappers stay.
 */
export function installSeams(parts: SeamParts): () => void {
  wrapJwtIssue(parts);
  skipApiTokenLookup(parts, wrapVerify(parts));
  wrapRefreshTokens(parts);
  skipAbilities(parts);
  rememberPrincipals(parts);
  checkAuthenticatedUsers(parts);
  skipRemoteEvents(parts.strapi);
  const events = followDatabase(parts.strapi);
  const releases = [
    skipSecretParsing(parts.strapi),
    // What others do at a change may fail; what is remembered goes first.
    followPrincipalChanges(parts, events),
    followStrapiLogout(parts, events),
    followUserReads(parts, events),
    followConfirmations(parts, events),
    followUserChanges(parts, events),
    followRoleMembers(parts, events),
  ];
  return () => releases.forEach((release) => release());
}
