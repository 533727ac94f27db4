import type { RunDetached } from '../../async/detached';

/** Tells other instances that something about who asks has changed, and hears of it from them. */
export interface PrincipalNews {
  /** Tells the others, soon and once for many changes. */
  tell(): void;
  /** Takes the number of changes by all instances, as a poll has read it. */
  heard(changes: number): void;
}

/** Dependencies of {@link createPrincipalNews}. */
export interface PrincipalNewsParts {
  /** Writes one change more, and returns its number; the polls of all instances read the newest. */
  write: () => Promise<number>;
  /** Makes the other instances poll now, where Redis can. */
  hint: () => void;
  /** Drops what this instance remembers. */
  drop: () => void;
  runDetached: RunDetached;
  report: (error: unknown) => void;
}

/** Tells nobody, where nothing is remembered. */
export const NO_NEWS: PrincipalNews = { tell: () => undefined, heard: () => undefined };

/** Creates the news of one instance. */
export function createPrincipalNews(parts: PrincipalNewsParts): PrincipalNews {
  const { write, hint, drop, runDetached, report } = parts;
  const own = new Set<number>();
  let known: number | null = null;
  let isWriting = false;
  let isAsked = false;

  async function writeAll(): Promise<void> {
    while (isAsked) {
      isAsked = false;
      own.add(await write());
    }
    hint();
  }

  /** Tells whether this instance has made every change after the known ones. */
  function areOwn(changes: number): boolean {
    if (known === null || changes - known > own.size) return false;
    for (let number = known + 1; number <= changes; number += 1) {
      if (!own.has(number)) return false;
    }
    return true;
  }

  return {
    tell() {
      isAsked = true;
      if (isWriting) return;
      isWriting = true;
      runDetached(() => {
        void writeAll()
          .catch(report)
          .finally(() => {
            isWriting = false;
          });
      });
    },

    heard(changes) {
      if (changes === known) return;
      // A poll may read a change of this instance before its writer knows the number; that costs no more than reads.
      if (!areOwn(changes)) drop();
      known = changes;
      for (const number of own) if (number <= changes) own.delete(number);
    },
  };
}
