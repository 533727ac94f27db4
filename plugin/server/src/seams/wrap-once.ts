const WRAPPED = Symbol.for('magic-sessionmanager.wrapped');

/**
 * Wraps a method of an object, unless it is wrapped already.
 *
 * @returns The wrapper; `undefined` if the object has no such method.
 */
export function wrapOnce<T extends object, K extends keyof T>(
  target: T,
  name: K,
  wrap: (original: T[K]) => T[K],
): T[K] | undefined {
  const method = target[name];
  if (typeof method !== 'function') return undefined;
  if (WRAPPED in method) return method;
  // TypeScript loses the type of a bound method; the cast restores it.
  const bound = method.bind(target) as T[K];
  target[name] = Object.assign(wrap(bound) as T[K] & object, { [WRAPPED]: true });
  return target[name];
}
