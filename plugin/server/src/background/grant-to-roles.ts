import { repeatEvery } from '../async/repeat-every';
import { databaseReason } from '../log';
import type { RoleGrants } from '../services/users/role-grants';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/** The interval between checks, in milliseconds. */
const PERIOD_MS = 10 * 60_000;

/**
 * Grants the permission of the users' API to roles that a transfer brought, or that lost it.
 *
 * @returns A function that stops it.
 */
export function grantToRoles(strapi: Strapi, grants: RoleGrants): () => void {
  return repeatEvery(
    PERIOD_MS,
    () => grants.grantToAllRoles(),
    (error) =>
      strapi.log.error(`${PLUGIN_NAME}: roles could not be granted: ${databaseReason(error)}`),
  );
}
