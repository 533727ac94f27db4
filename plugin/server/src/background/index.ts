import type { Manager } from '../compose';
import type { Strapi } from '../strapi';
import { cleanUpEachMinute } from './clean-up';
import { countSeals } from './count-seals';
import { followSettings } from './follow-settings';
import { rememberInstances } from './remember-instances';
import { resealStoredTokens } from './reseal';

/** Starts what goes on beside the requests; gives what ends it. */
export function startBackground(strapi: Strapi, manager: Manager): () => void {
  const stops = [
    followSettings(strapi, manager.settings),
    cleanUpEachMinute(strapi, manager.cleanUpJob),
    resealStoredTokens(strapi, manager.resealing),
    countSeals(strapi, manager.seals),
    rememberInstances(strapi, manager.instanceMemory),
  ];
  return () => stops.forEach((stop) => stop());
}
