/** Remembers at which functions of Strapi sessions are not protected, for the status. */
export interface Protection {
  /** Replaces the names of these functions. */
  report(names: readonly string[]): void;
  unprotected(): readonly string[];
}

export function createProtection(): Protection {
  let current: readonly string[] = [];
  return {
    report(names) {
      current = names;
    },
    unprotected: () => current,
  };
}
