import { PLUGIN_ID } from '../pluginId';

/** Path of the *Sessions* page. */
export const SESSIONS_PATH = `/plugins/${PLUGIN_ID}`;

/** Path of the *Journal* page. */
export const JOURNAL_PATH = `${SESSIONS_PATH}/journal`;

/** Path of the plugin's settings. */
export const SETTINGS_PATH = `/settings/${PLUGIN_ID}`;

/** The parameter that limits the *Journal* page to one user, the same as the server's. */
export const JOURNAL_USER_PARAMETER = 'filters[userId]';

/** Gives the path of the *Journal* page with the entries about one user. */
export function journalOfUserPath(userId: number): string {
  const parameters = new URLSearchParams({ [JOURNAL_USER_PARAMETER]: String(userId) });
  return `${JOURNAL_PATH}?${parameters.toString()}`;
}
