import type { PlaceRecord } from './place-database';

/** The longest name that is shown, in UTF-16 code units. */
const MAX_NAME = 100;

/** Returns the two letters of the country of a record (ISO 3166-1); `null` where it names none. */
export function countryOf(record: PlaceRecord | null): string | null {
  // MaxMind and DB-IP have an object, and IPinfo has texts.
  const country = partOf(record, 'country');
  const named = [partOf(country, 'iso_code'), partOf(record, 'country_code'), country];
  return named.find(isCountryCode) ?? null;
}

/** Returns the English name of the city of a record. */
export function cityOf(record: PlaceRecord | null): string | null {
  const city = partOf(record, 'city');
  return nameFrom([partOf(partOf(city, 'names'), 'en'), city]);
}

/** Returns the number of the autonomous system of a record. */
export function asnOf(record: PlaceRecord | null): number | null {
  const asn = partOf(record, 'asn');
  const text = typeof asn === 'string' ? /^AS(\d{1,10})$/i.exec(asn)?.[1] : undefined;
  const found = [partOf(record, 'autonomous_system_number'), text && Number(text), asn].find(
    isSystemNumber,
  );
  return found ?? null;
}

/** Returns the name of the organization that has the autonomous system of a record. */
export function organizationOf(record: PlaceRecord | null): string | null {
  const names = ['autonomous_system_organization', 'as_name', 'name'];
  return nameFrom(names.map((name) => partOf(record, name)));
}

/** Returns an own property; a name in a file may stand for the prototype. */
function partOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function nameFrom(values: unknown[]): string | null {
  const name = values.find((value) => typeof value === 'string' && value !== '');
  return typeof name === 'string' ? name.slice(0, MAX_NAME) : null;
}

function isCountryCode(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z]{2}$/.test(value);
}

function isSystemNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
