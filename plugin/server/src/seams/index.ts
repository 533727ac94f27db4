import { omitOwnPermissionUnlessAsked } from './permissions/permission-weighing';
import type { JwtService } from './tokens/jwt-service';
import { wrapLegacyIssue } from './tokens/legacy-login';
import type { SeamParts } from './parts';
import { wrapRefreshTokens } from './tokens/refresh-tokens';
import { followRoleMembers } from './users/role-members';
import { followStrapiLogout } from './tokens/strapi-logout';
import { followUserChanges } from './users/user-changes';
import { wrapVerify } from './tokens/verify';

/** Wraps every place where Strapi issues, verifies or weighs a user's token; gives what undoes the rest. */
export function installSeams(parts: SeamParts): () => void {
  const jwt: JwtService = parts.strapi.plugin('users-permissions').service('jwt');
  wrapLegacyIssue(jwt, parts);
  wrapVerify(jwt, parts);
  wrapRefreshTokens(parts);
  omitOwnPermissionUnlessAsked(parts.strapi);
  const releases = [followStrapiLogout(parts), followUserChanges(parts), followRoleMembers(parts)];
  return () => releases.forEach((release) => release());
}
