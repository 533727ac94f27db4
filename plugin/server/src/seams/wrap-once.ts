const WRAPPED = Symbol.for('magic-sessionmanager.wrapped');

/** Replaces a method of an object by what `wrap` makes of it; a second time changes nothing. */
export function wrapOnce<T extends object, K extends keyof T>(
  target: T,
  name: K,
  wrap: (original: T[K]) => T[K],
): void {
  const method = target[name];
  if (typeof method !== 'function' || WRAPPED in method) return;
  // A method bound to its object is still that method.
  const bound = method.bind(target) as T[K];
  target[name] = Object.assign(wrap(bound) as T[K] & object, { [WRAPPED]: true });
}
