import { PLUGIN_ID } from '../pluginId';
import type english from '../translations/en.json';

/** A key of the translation files; a misspelt or missing one does not compile. */
export type TranslationKey = keyof typeof english;

/** Gives the id of a text of this plugin in Strapi's messages. */
export function translationId(key: TranslationKey): string {
  return `${PLUGIN_ID}.${key}`;
}
