import { skipUnusedPermission } from './permissions/unused-permission';
import type { JwtService } from './tokens/jwt-service';
import { wrapLegacyIssue } from './tokens/legacy-login';
import type { SeamParts } from './parts';
import { wrapRefreshTokens } from './tokens/refresh-tokens';
import { followRoleMembers } from './users/role-members';
import { followStrapiLogout } from './tokens/strapi-logout';
import { followUserChanges } from './users/user-changes';
import { wrapVerify } from './tokens/verify';

/**
 * Wraps the functions of Strapi that issue, verify and authorize users' tokens, and follows writes.
 *
 * @returns A function that removes the subscriptions to writes; the wrappers stay.
 */
export function installSeams(parts: SeamParts): () => void {
  const jwt: JwtService = parts.strapi.plugin('users-permissions').service('jwt');
  wrapLegacyIssue(jwt, parts);
  wrapVerify(jwt, parts);
  wrapRefreshTokens(parts);
  skipUnusedPermission(parts.strapi);
  const releases = [followStrapiLogout(parts), followUserChanges(parts), followRoleMembers(parts)];
  return () => releases.forEach((release) => release());
}
