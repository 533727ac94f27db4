import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Strapi } from '../strapi';

/** Loads a package as another package does; `undefined` where it is not found. */
export type LoadPackage = (name: string) => unknown;

/** Returns how the package in a folder loads others; a folder that is missing has none. */
export function loaderIn(folder: string | undefined): LoadPackage {
  return (name) => {
    try {
      if (folder === undefined) return undefined;
      const loaded: unknown = requireFrom(folder)(name);
      return loaded;
    } catch {
      return undefined;
    }
  };
}

/** Returns how Strapi's core loads its packages. */
export function loaderOfCore(strapi: Strapi): LoadPackage {
  return loaderIn(coreFolderOf(strapi.dirs.app.root));
}

function coreFolderOf(appFolder: string): string | undefined {
  try {
    const strapiPackage = requireFrom(appFolder).resolve('@strapi/strapi/package.json');
    const coreFrom = requireFrom(dirname(strapiPackage));
    return dirname(coreFrom.resolve('@strapi/core/package.json'));
  } catch {
    return undefined;
  }
}

/** Package managers link packages, and put the packages that they need beside their real place. */
function requireFrom(folder: string): NodeJS.Require {
  return createRequire(join(realpathSync(folder), 'index.js'));
}
