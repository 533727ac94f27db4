import { monotonicMs } from '../../clock';

/** The abilities of roles, by the actions that they permit. */
export interface SharedAbilities {
  /** Returns what was made of a list of actions, or makes it; nothing else may decide on it. */
  of(actions: readonly string[], make: () => Promise<object>): Promise<object>;
}

/** How long an ability is kept, in milliseconds; an app may register an action while it runs. */
const MAX_AGE_MS = 2000;

/** The lists of actions that are kept, and their characters; an app has as many as roles. */
const MAX_ABILITIES = 200;
const MAX_CHARS = 1_000_000;

/** Creates an empty memory; beyond either bound it forgets all. */
export function createSharedAbilities(): SharedAbilities {
  const abilities = new Map<string, { ability: object; madeAtMs: number }>();
  let chars = 0;

  function keep(list: string, ability: object, madeAtMs: number): void {
    if (!abilities.has(list)) chars += list.length;
    if (abilities.size >= MAX_ABILITIES || chars > MAX_CHARS) {
      abilities.clear();
      chars = list.length;
    }
    abilities.set(list, { ability, madeAtMs });
  }

  return {
    async of(actions, make) {
      const list = JSON.stringify(actions);
      const madeAtMs = monotonicMs();
      const known = abilities.get(list);
      if (known && madeAtMs - known.madeAtMs < MAX_AGE_MS) return known.ability;
      const ability = await make();
      keep(list, ability, madeAtMs);
      return ability;
    },
  };
}
