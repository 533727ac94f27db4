import { configuredOptions } from '../../services/settings/options';
import type { Protection } from '../../services/views/protection';
import { PLUGIN_NAME, type Strapi } from '../../strapi';
import { SEAMS, type SeamName } from './names';
import type { Unproven } from './prove';

/** The effects of a function that the plugin does not see called. */
const EFFECTS: Record<SeamName, string> = {
  [SEAMS.database]: 'changes to users would not terminate sessions',
  [SEAMS.authenticate]: 'users would not be checked at each request',
  [SEAMS.verify]: 'tokens of terminated sessions would be accepted',
  [SEAMS.readUser]: 'a changed password might not terminate sessions',
  [SEAMS.checkPassword]: 'a password that is hashed again terminates sessions',
  [SEAMS.issue]: 'logins would not be recorded',
  [SEAMS.logIn]: 'failed logins would not be limited',
  [SEAMS.issueRefresh]: 'logins would not be recorded',
  [SEAMS.rotate]: 'refresh tokens of terminated sessions would be accepted',
  [SEAMS.issueAccess]: 'refresh tokens of terminated sessions would be accepted',
  [SEAMS.logOut]: 'a logout would not terminate a session',
  [SEAMS.responses]: 'tokens might leave before their sessions are recorded',
  [SEAMS.webhooks]: 'every instance would call the webhooks of a termination',
};

/** The functions without which sessions are protected all the same. */
const UNCRITICAL: ReadonlySet<SeamName> = new Set([SEAMS.checkPassword, SEAMS.webhooks]);

const REMEDY =
  'Code of the app or of a plugin that replaces such a function has to call the original; without such code, this version of Strapi needs another version of the plugin';

/**
 * Tells the status and the log at which functions sessions are not protected.
 *
 * It throws an error of one line in production, unless the configuration sets `strict: false`.
 */
export function reportUnproven(
  strapi: Strapi,
  protection: Protection,
  unproven: readonly Unproven[],
): void {
  const critical = unproven.filter(({ seam }) => !UNCRITICAL.has(seam));
  const others = unproven.filter(({ seam }) => UNCRITICAL.has(seam));
  protection.report(critical.map(({ seam }) => seam));
  if (others.length > 0) strapi.log.warn(sentenceOn(strapi, others));
  if (critical.length === 0) return;
  const sentence = sentenceOn(strapi, critical);
  if (!mustStop(strapi)) {
    strapi.log.error(`${sentence} Until then, sessions are not protected there.`);
    return;
  }
  throw oneLine(
    `${sentence} The start was stopped; with \`strict: false\` in config/plugins it is not, and sessions are not protected there.`,
  );
}

/** An unset `strict` does not permit a start without protection. */
function mustStop(strapi: Strapi): boolean {
  if (strapi.config.get('environment') !== 'production') return false;
  return configuredOptions(strapi).strict !== false;
}

function sentenceOn(strapi: Strapi, unproven: readonly Unproven[]): string {
  const functions = unproven.map(({ seam, failure }) => {
    const trial = failure === null ? '' : `; the trial ended with: ${failure}`;
    return `${seam} (${EFFECTS[seam]}${trial})`;
  });
  const version = strapi.config.get('info.strapi', 'of an unknown version');
  return `${PLUGIN_NAME}: Strapi ${version} calls past the plugin at ${functions.join(', ')}. ${REMEDY}.`;
}

/** Creates an error without a stack, which Strapi would print below the message. */
export function oneLine(message: string): Error {
  const error = new Error(message);
  error.stack = '';
  return error;
}
