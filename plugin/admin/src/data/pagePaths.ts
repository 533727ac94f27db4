import { PLUGIN_ID } from '../pluginId';
import { JOURNAL_PARAMETERS } from '../journal/journalQuery';

/** Address of the *Sessions* page. */
export const SESSIONS_PATH = `/plugins/${PLUGIN_ID}`;

/** Address of the *Journal* page. */
export const JOURNAL_PATH = `${SESSIONS_PATH}/journal`;

/** Address of the plugin's settings. */
export const SETTINGS_PATH = `/settings/${PLUGIN_ID}`;

/** Address of what the journal tells of a user. */
export function journalOfUserPath(userId: number): string {
  const parameters = new URLSearchParams({ [JOURNAL_PARAMETERS.userId]: String(userId) });
  return `${JOURNAL_PATH}?${parameters.toString()}`;
}
