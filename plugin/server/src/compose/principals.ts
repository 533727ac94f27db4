import { createDetached } from '../async/detached';
import { principalCacheOf } from '../config/principal-cache';
import { databaseReason } from '../log';
import { nowMs } from '../clock';
import {
  createPrincipalNews,
  NO_NEWS,
  type PrincipalNews,
} from '../services/principals/principal-news';
import { createPrincipalReads, type PrincipalReads } from '../services/principals/principal-reads';
import {
  createPermittedActions,
  type PermittedActions,
} from '../services/principals/permitted-actions';
import { configuredOptions } from '../services/settings/options';
import { createPrincipalCache } from '../stores/memory/principal-cache';
import { PLUGIN_NAME, type Strapi } from '../strapi';
import type { Stores } from './stores';

/** The most answers that are remembered, and their most bytes; with the map they take 30 MB. */
const MAX_ANSWERS = 20_000;
const MAX_BYTES = 27_000_000;

/** What is remembered of who asks, and the news of its changes. */
export interface PrincipalServices {
  permittedActions: PermittedActions;
  reads: PrincipalReads;
  news: PrincipalNews;
}

/** What connects an instance to the others. */
export interface Instance {
  /** Tells whether the changes by other instances since a monotonic instant are known. */
  covers: (sinceMs: number) => boolean;
  /** Makes the other instances poll now, where Redis can. */
  hint: () => void;
}

export function composePrincipals(
  strapi: Strapi,
  { notBefores }: Stores,
  { covers, hint }: Instance,
): PrincipalServices {
  const settings = principalCacheOf(configuredOptions(strapi).principalCache);
  const cache = createPrincipalCache(MAX_ANSWERS, MAX_BYTES);
  const reads = createPrincipalReads({ cache, maxAgeMs: settings?.maxAgeMs ?? null, covers });
  const permittedActions = createPermittedActions();
  if (!settings) return { permittedActions, reads, news: NO_NEWS };
  const news = createPrincipalNews({
    write: () => notBefores.countPrincipalChange(nowMs),
    hint,
    drop: () => reads.dropAll(),
    runDetached: createDetached(),
    report: (error) =>
      strapi.log.error(
        `${PLUGIN_NAME}: other instances could not be told of a change of users: ${databaseReason(error)}`,
      ),
  });
  return { permittedActions, reads, news };
}
