import { PLUGIN_ID } from './pluginId';

/** What an administrator must be allowed to do, by the part of the panel that asks for it. */
export const PERMISSIONS = {
  /** Seeing the *Sessions* page and its menu entry. */
  read: [{ action: `plugin::${PLUGIN_ID}.read`, subject: null }],
  /** Ending a session. */
  terminate: [{ action: `plugin::${PLUGIN_ID}.terminate`, subject: null }],
  /** Seeing and changing the plugin's settings. */
  settings: [{ action: `plugin::${PLUGIN_ID}.settings`, subject: null }],
};
