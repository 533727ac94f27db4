/** The decimal text of a positive whole number; other spellings such as `1e3` or `0x10` are none. */
const DECIMAL = /^[1-9]\d{0,15}$/;

/**
 * Returns the id of a user from a positive whole number or its decimal text; `null` for any other
 * value.
 *
 * Strapi's database hands ids out as numbers, and its session manager takes them as texts.
 */
export function userIdOf(value: unknown): number | null {
  const id = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}
