import { PLUGIN_ID } from './pluginId';

/** The permissions of the plugin's parts of the panel. */
export const PERMISSIONS = {
  /** Seeing the *Sessions* page and its menu entry. */
  read: [{ action: `plugin::${PLUGIN_ID}.read`, subject: null }],
  /** Terminating a session. */
  terminate: [{ action: `plugin::${PLUGIN_ID}.terminate`, subject: null }],
  /** Blocking and unblocking a user. */
  block: [{ action: `plugin::${PLUGIN_ID}.block`, subject: null }],
  /** Seeing and changing the plugin's settings. */
  settings: [{ action: `plugin::${PLUGIN_ID}.settings`, subject: null }],
};
