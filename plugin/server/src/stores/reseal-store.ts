import { PLUGIN_NAME, type Strapi } from '../strapi';

/** How far the sealing anew under one key has come. */
export interface ResealProgress {
  /** The public name of the key. */
  keyId: string;
  /** The last row that has been looked at. */
  row: number;
  /** Tokens sealed anew so far, and those under a key that is not configured. */
  resealed: number;
  unknown: number;
  done: boolean;
}

/** The progress in the database, so that a restart goes on from there. */
export interface ResealStore {
  read(): Promise<ResealProgress | null>;
  write(progress: ResealProgress): Promise<void>;
}

const KEY = 'resealing';

/** Opens the progress in Strapi's own store. */
export function createResealStore(strapi: Strapi): ResealStore {
  const store = () => strapi.store({ type: 'plugin', name: PLUGIN_NAME });
  return {
    // Written by `write` only.
    read: async () => (await store().get({ key: KEY })) as ResealProgress | null,

    async write(progress) {
      await store().set({ key: KEY, value: progress });
    },
  };
}
