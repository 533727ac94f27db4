/**
 * Adds the fields of a payload to a promise of it, for callers who wait and for those who do not.
 *
 * Fields that would make it no promise are left out.
 */
export function promiseWithFields<T>(payload: T, promise: Promise<T>): Promise<T> {
  const fields = Object.entries(Object.getOwnPropertyDescriptors(payload));
  const added = fields.filter(([name]) => !(name in Promise.prototype));
  return Object.defineProperties(promise, Object.fromEntries(added));
}
