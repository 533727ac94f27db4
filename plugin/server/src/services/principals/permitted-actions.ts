import { monotonicMs } from '../../clock';

/** What Strapi's engine permits, by the list of actions that it was asked for. */
export interface PermittedActions {
  /**
   * Returns the permitted actions of a list, or evaluates them; nothing else may decide on them. `null`
   * where the outcome is more than a list.
   */
  of(
    actions: readonly string[],
    evaluate: () => Promise<readonly string[] | null>,
  ): Promise<readonly string[] | null>;
}

/** How long an outcome is kept, in milliseconds. */
const MAX_AGE_MS = 2000;

/** The lists that are kept, and their characters; an app has as many as roles. */
const MAX_LISTS = 200;
const MAX_CHARS = 1_000_000;

/** Creates an empty memory; beyond either bound it forgets all. */
export function createPermittedActions(): PermittedActions {
  const outcomes = new Map<string, { permitted: readonly string[] | null; atMs: number }>();
  let chars = 0;

  function keep(list: string, permitted: readonly string[] | null, atMs: number): void {
    const isNew = !outcomes.has(list);
    if (isNew && (outcomes.size >= MAX_LISTS || chars + list.length > MAX_CHARS)) {
      outcomes.clear();
      chars = 0;
    }
    if (isNew) chars += list.length;
    outcomes.set(list, { permitted, atMs });
  }

  return {
    async of(actions, evaluate) {
      const list = JSON.stringify(actions);
      const atMs = monotonicMs();
      const known = outcomes.get(list);
      if (known && atMs - known.atMs < MAX_AGE_MS) return known.permitted;
      const permitted = await evaluate();
      keep(list, permitted, atMs);
      return permitted;
    },
  };
}
