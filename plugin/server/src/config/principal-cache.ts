import { PLUGIN_NAME } from '../strapi';

/** The validated option `principalCache`. */
export interface PrincipalCacheSettings {
  /** The longest time for which an answer of the database is kept, in milliseconds. */
  maxAgeMs: number;
}

/** The age for `true`: another instance knows of a change by then, without being told. */
const DEFAULT_MAX_AGE_MS = 2000;

const MIN_MAX_AGE_MS = 100;
const MAX_MAX_AGE_MS = 10_000;

/**
 * Reads the option `principalCache`: `true`, `false`, or an object with `maxAgeMs`.
 *
 * @returns `null` where nothing is cached.
 * @throws Error with a one-line message for an invalid value.
 */
export function principalCacheOf(option: unknown): PrincipalCacheSettings | null {
  if (option === undefined || option === null || option === false) return null;
  if (option === true) return { maxAgeMs: DEFAULT_MAX_AGE_MS };
  const { maxAgeMs = DEFAULT_MAX_AGE_MS, ...others } = partsOf(option);
  if (Object.keys(others).length > 0) throw wrong('"maxAgeMs", nothing else', '');
  const isWhole = typeof maxAgeMs === 'number' && Number.isInteger(maxAgeMs);
  if (!isWhole || maxAgeMs < MIN_MAX_AGE_MS || maxAgeMs > MAX_MAX_AGE_MS) {
    throw wrong(`whole milliseconds from ${MIN_MAX_AGE_MS} to ${MAX_MAX_AGE_MS}`, '.maxAgeMs');
  }
  return { maxAgeMs };
}

function partsOf(option: unknown): { maxAgeMs?: unknown } {
  if (typeof option !== 'object' || Array.isArray(option)) {
    throw wrong('true, false, or an object with "maxAgeMs"', '');
  }
  return option as { maxAgeMs?: unknown };
}

function wrong(takes: string, part: string): Error {
  return new Error(`${PLUGIN_NAME}: option "principalCache${part}" takes ${takes}`);
}
