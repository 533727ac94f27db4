import type { Lifetime } from '../async/lifetime';
import type { Services } from '../compose';
import type { Strapi } from '../strapi';
import { cleanUpEachMinute } from './clean-up';
import { countSeals } from './count-seals';
import { followGeoFiles } from './follow-geo-files';
import { followSettings } from './follow-settings';
import { grantToRoles } from './grant-to-roles';
import { resealStoredTokens } from './reseal';
import { storeInstanceCount } from './store-instance-count';

/** Starts the background work. */
export function startBackground(strapi: Strapi, services: Services, lifetime: Lifetime): void {
  const { settings, cleanUp, encryption, instances, users, views } = services;
  lifetime.add('the reading of settings', followSettings(strapi, settings.live));
  lifetime.add('the clean-up', cleanUpEachMinute(strapi, cleanUp));
  lifetime.add('the granting to roles', grantToRoles(strapi, users.roleGrants));
  lifetime.add('the resealing of tokens', resealStoredTokens(strapi, encryption.resealing));
  lifetime.add('the counting of seals', countSeals(strapi, encryption.sealCount));
  lifetime.add('the reading of files of networks', followGeoFiles(strapi, views.geography));
  lifetime.add('the counting of instances', storeInstanceCount(strapi, instances.count));
}
