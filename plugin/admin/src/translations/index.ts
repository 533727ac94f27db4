import { PLUGIN_ID } from '../pluginId';
import type english from './en.json';

/** The texts of a language, by the keys of the English ones. */
type Messages = Record<keyof typeof english, string>;

const LOADERS = new Map<string, () => Promise<{ default: Messages }>>([
  ['en', () => import('./en.json')],
  ['de', () => import('./de.json')],
  ['fr', () => import('./fr.json')],
  ['es', () => import('./es.json')],
  ['pt', () => import('./pt.json')],
]);

/**
 * Loads the texts of the given locales, each from its own chunk, with the plugin's prefix.
 *
 * A regional locale takes the texts of its language (`pt-BR` those of `pt`). One without a
 * translation comes back empty, and Strapi shows English in its place.
 */
export function loadTranslations(
  locales: string[],
): Promise<{ locale: string; data: Record<string, string> }[]> {
  return Promise.all(
    locales.map(async (locale) => {
      const load = LOADERS.get(locale) ?? LOADERS.get(languageOf(locale));
      const data = load ? prefixed((await load()).default) : {};
      return { locale, data };
    }),
  );
}

function languageOf(locale: string): string {
  return locale.split('-')[0] ?? locale;
}

function prefixed(messages: Messages): Record<string, string> {
  return Object.fromEntries(
    Object.entries(messages).map(([key, text]) => [`${PLUGIN_ID}.${key}`, text]),
  );
}
