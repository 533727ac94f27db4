/** The plugin's name: prefix of its routes, permissions, admin address and translation keys. */
export const PLUGIN_ID = 'magic-sessionmanager';
