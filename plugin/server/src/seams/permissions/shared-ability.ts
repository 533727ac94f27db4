/** The used part of an ability of Strapi's permission engine. */
interface Ability {
  can(...args: unknown[]): unknown;
  update(...args: unknown[]): unknown;
}

/**
 * Returns an ability for one request, which decides as a shared one does.
 *
 * An app that changes it changes it for this request alone: then it decides by its own rules.
 */
export function detachedOnUpdate(shared: object): object {
  const detached = Object.create(shared) as Ability;
  detached.update = (...args) => {
    // The shared one has a `can` of its own, which asks the shared rules.
    const rules = Object.getPrototypeOf(shared) as Ability;
    detached.can = (...asked) => rules.can.apply(detached, asked);
    return rules.update.apply(detached, args);
  };
  return detached;
}
