import type { Strapi } from '../../strapi';
import { wrapOnce } from '../wrap-once';
import type { SeamName } from './names';
import { answerTrial, isTrial } from './trial';

/** A function of Strapi that the plugin wraps to protect sessions. */
export interface WrappedFunction<T extends object, K extends keyof T> {
  name: SeamName;
  /** Returns the object on which Strapi looks the function up. */
  owner: () => T;
  method: K;
}

/** Whether Strapi still finds the plugin's wrapper, by the names of the functions. */
const wrapped = new WeakMap<Strapi, Map<SeamName, () => boolean>>();

/** Wraps a function, lets trials find the wrapper, and remembers it for the proof. */
export function wrapFunction<T extends object, K extends keyof T>(
  strapi: Strapi,
  { name, owner, method }: WrappedFunction<T, K>,
  wrap: (original: T[K]) => T[K],
): void {
  const installed = wrapOnce(owner(), method, (original) => {
    // TypeScript cannot tell that the type of a method is a function; `wrapOnce` has made sure.
    const wrapper = wrap(original) as (...args: unknown[]) => unknown;
    const withTrials = (...args: unknown[]): unknown =>
      isTrial() ? answerTrial(name, () => wrapper(...args)) : wrapper(...args);
    return withTrials as T[K];
  });
  const all = wrapped.get(strapi) ?? new Map<SeamName, () => boolean>();
  wrapped.set(strapi, all);
  all.set(name, () => installed !== undefined && owner()[method] === installed);
}

/** Tells whether Strapi finds the plugin's own wrapper where it looks a function up. */
export function isWrapperInPlace(strapi: Strapi, name: SeamName): boolean {
  try {
    return wrapped.get(strapi)?.get(name)?.() ?? false;
  } catch {
    // The object that had the function is gone.
    return false;
  }
}
