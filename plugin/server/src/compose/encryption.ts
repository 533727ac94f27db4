import { warnOfSealCount } from '../services/encryption/encryption-key';
import { createResealing, type Resealing } from '../services/encryption/resealing';
import { createSealCount, type SealCount } from '../services/encryption/seal-count';
import { loadServerCore } from '../services/settings/load-core';
import type { Strapi } from '../strapi';
import type { SettingsServices } from './settings';
import type { Stores } from './stores';

/** The services that keep stored tokens sealed under the current key. */
export interface EncryptionServices {
  resealing: Resealing;
  sealCount: SealCount;
}

export function composeEncryption(
  strapi: Strapi,
  stores: Stores,
  { core }: SettingsServices,
): EncryptionServices {
  return {
    resealing: createResealing({ core, sealed: stores.sealed, store: stores.reseal }),
    sealCount: createSealCount({
      core,
      store: stores.sealCount,
      warnAt: loadServerCore().sealCountToWarnAt(),
      warn: (wear, total) => warnOfSealCount(strapi, wear, total),
    }),
  };
}
