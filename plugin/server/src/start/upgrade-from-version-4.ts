import type { Services } from '../compose';
import { databaseReason } from '../log';
import { isAcceptedOption } from '../services/settings/accepted-option';
import { loadServerCore } from '../services/settings/load-core';
import {
  configuredOptions,
  KEY_VARIABLES,
  keyOfVersion4,
  refusedOptionsOf,
} from '../services/settings/options';
import { VERSION_4_OPTIONS, version4OptionsIn } from '../services/settings/version-4-options';
import { PLUGIN_NAME, type Strapi } from '../strapi';

const PAGE = 'docs/upgrading.md, "From 4.x"';

/**
 * Takes over what version 4 of the plugin left, and says once which of its options do nothing.
 *
 * @throws Error with one line for a key that only version 4 accepts, where it never was.
 */
export async function upgradeFromVersion4(
  strapi: Strapi,
  { version4 }: Pick<Services, 'version4'>,
): Promise<void> {
  const options = configuredOptions(strapi);
  const text = keyOfVersion4(options, isAcceptedOption);
  if (text !== null && !(await version4.wasHere())) throw refusalOf(text);
  for (const line of linesOn(options)) strapi.log.warn(`${PLUGIN_NAME}: ${line}`);
  try {
    const imported = await version4.run();
    if (imported !== null)
      strapi.log.info(
        `${PLUGIN_NAME}: ${imported} sessions of version 4 were taken over; see ${PAGE}`,
      );
  } catch (error) {
    strapi.log.error(
      `${PLUGIN_NAME}: the sessions of version 4 could not be taken over, the next start goes on with it: ${databaseReason(error)}`,
    );
  }
}

function linesOn(options: object): string[] {
  const gone = version4OptionsIn(options).map((name) => {
    const current = VERSION_4_OPTIONS[name] ?? null;
    const instead = current === null ? 'nothing takes its place' : `in its place: ${current}`;
    return `option "${name}" is of version 4 and does nothing; ${instead}`;
  });
  const refused = refusedOptionsOf({ ...options }, isAcceptedOption).map(
    (name) => `option "${name}" has a value that only version 4 takes; the default applies`,
  );
  return [...gone, ...refused];
}

/** Returns the core's error, in one line: Strapi prints the stack. */
function refusalOf(text: string): Error {
  try {
    loadServerCore().parseSettings({ encryptionKey: text });
  } catch (error) {
    if (error instanceof Error) {
      error.message += ` (from ${KEY_VARIABLES.encryptionKey})`;
      error.stack = error.message;
      return error;
    }
  }
  return new Error(`${PLUGIN_NAME}: ${KEY_VARIABLES.encryptionKey} is no key`);
}
