import type { ListKind } from '../../../shared/core';
import { PLUGIN_NAME } from '../strapi';

/** The kinds of networks of which an operator may have lists. */
const LIST_KINDS = ['relay', 'tor', 'vpn', 'proxy', 'hosting'] as const satisfies ListKind[];

/** The validated option `geo`: files of the operator, by their paths. */
export interface GeoSettings {
  /** A database of cities or countries in the format MMDB. */
  city: string | null;
  /** A database of autonomous systems in the format MMDB. */
  asn: string | null;
  /** Texts with a network on each line, by the kind of the networks. */
  lists: { kind: ListKind; path: string | null }[];
}

const NO_FILES: GeoSettings = { city: null, asn: null, lists: [] };

/**
 * Reads the option `geo`: `true`, `false`, or an object with `city`, `asn` and `lists`; by default it is on.
 *
 * @returns `null` where geography is off.
 * @throws Error with a one-line message for an invalid value.
 */
export function geoSettingsOf(option: unknown): GeoSettings | null {
  if (option === false) return null;
  if (option === undefined || option === null || option === true) return NO_FILES;
  if (!isRecord(option)) {
    throw wrong('', 'true, false, or an object with "city", "asn" and "lists"');
  }
  const { city, asn, lists: given, ...others } = option;
  const lists = given ?? {};
  if (Object.keys(others).length > 0) throw wrong('', '"city", "asn", "lists", nothing else');
  if (!isRecord(lists)) throw wrong('.lists', 'an object of paths');
  for (const name of Object.keys(lists)) {
    if (!LIST_KINDS.some((kind) => kind === name)) {
      throw wrong('.lists', `${LIST_KINDS.map((kind) => `"${kind}"`).join(', ')}, nothing else`);
    }
  }
  return {
    city: pathFrom(city, '.city'),
    asn: pathFrom(asn, '.asn'),
    lists: LIST_KINDS.map((kind) => ({ kind, path: pathFrom(lists[kind], `.lists.${kind}`) })),
  };
}

function pathFrom(value: unknown, part: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || value === '') throw wrong(part, 'the path of a file');
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(part: string, takes: string): Error {
  return new Error(`${PLUGIN_NAME}: option "geo${part}" takes ${takes}`);
}
