import { PLUGIN_ID } from '../pluginId';
import type english from '../translations/en.json';

/** A key of the translation files; a misspelt or missing one does not compile. */
export type TranslationKey = keyof typeof english;

/** Gives the id under which Strapi knows a text of this plugin. */
export function translationId(key: TranslationKey): string {
  return `${PLUGIN_ID}.${key}`;
}
