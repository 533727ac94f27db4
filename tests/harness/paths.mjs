import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** The git-ignored folder for everything built or run inside the repository. */
export const WORK = path.join(ROOT, '.tmp');

/** The git-ignored folder for what a test run leaves to look at. */
export const ARTEFACTS = path.join(ROOT, 'artefacts');

/** The sources of the plugin. */
export const PLUGIN = path.join(ROOT, 'plugin');

/** The sources of the Strapi app that the demo and the tests run. */
export const TEST_APP = path.join(ROOT, 'tests', 'app');

/** The folder outside the repository that keeps installed apps from one run to the next. */
export const CACHE =
  process.env.MAGIC_SESSIONMANAGER_CACHE ||
  path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'magic-sessionmanager');
