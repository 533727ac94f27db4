const WRAPPED = Symbol.for('magic-sessionmanager.wrapped');

/** Wraps a method of an object, unless it is wrapped already. */
export function wrapOnce<T extends object, K extends keyof T>(
  target: T,
  name: K,
  wrap: (original: T[K]) => T[K],
): void {
  const method = target[name];
  if (typeof method !== 'function' || WRAPPED in method) return;
  // TypeScript loses the type of a bound method; the cast restores it.
  const bound = method.bind(target) as T[K];
  target[name] = Object.assign(wrap(bound) as T[K] & object, { [WRAPPED]: true });
}
