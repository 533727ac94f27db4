import { weighOwnPermissionWhereAsked } from './abilities';
import type { JwtService } from './jwt-service';
import { wrapLegacyIssue } from './legacy-issue';
import type { SeamParts } from './parts';
import { wrapRefreshTokens } from './refresh-tokens';
import { followRoleMembers } from './role-members';
import { followStrapiLogout } from './strapi-logout';
import { followUserChanges } from './user-changes';
import { wrapVerify } from './verify';

/** Wraps every place where Strapi issues, verifies or weighs a user's token; gives what undoes the rest. */
export function installSeams(parts: SeamParts): () => void {
  const jwt: JwtService = parts.strapi.plugin('users-permissions').service('jwt');
  wrapLegacyIssue(jwt, parts);
  wrapVerify(jwt, parts);
  wrapRefreshTokens(parts);
  weighOwnPermissionWhereAsked(parts.strapi);
  const releases = [followStrapiLogout(parts), followUserChanges(parts), followRoleMembers(parts)];
  return () => releases.forEach((release) => release());
}
