import type { RunDetached } from '../../async/detached';
import { reportOnce } from '../../async/report-once';

/** Tells other instances that something about who asks has changed, and hears of it from them. */
export interface PrincipalNews {
  /** Tells the others, soon and once for many changes. */
  tell(): void;
  /** Takes the number of changes by all instances, as a poll has read it. */
  heard(changes: number): void;
  /** Writes what is left to tell, and nothing from then on. */
  stop(): Promise<void>;
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

/** The delay before a change is written again that could not be, in milliseconds. */
const RETRY_MS = 500;

/** Tells nobody, where nothing is remembered. */
export const NO_NEWS: PrincipalNews = {
  tell: () => undefined,
  heard: () => undefined,
  stop: () => Promise.resolve(),
};

/** Creates the news of one instance. */
export function createPrincipalNews(parts: PrincipalNewsParts): PrincipalNews {
  const { write, hint, drop, runDetached, report } = parts;
  const attempt = reportOnce(report);
  const own = new Set<number>();
  let known: number | null = null;
  /** The changes by this instance, and how many of them the others can know of. */
  let made = 0;
  let written = 0;
  let writing: Promise<void> = Promise.resolve();
  let isWriting = false;
  let isStopped = false;

  /** Writes one number for all changes that were made so far. */
  async function writeNow(): Promise<void> {
    const making = made;
    await attempt(async () => {
      own.add(await write());
      written = making;
    });
    isWriting = false;
    if (written === made) hint();
    else if (made > making) begin();
    else setTimeout(begin, RETRY_MS).unref();
  }

  function begin(): void {
    if (isWriting || isStopped || written === made) return;
    isWriting = true;
    runDetached(() => {
      writing = writeNow();
    });
  }

  /** Tells whether this instance has made every change after the known ones. */
  function areOwn(changes: number): boolean {
    // A lower number is that of a backup.
    if (known === null || changes < known || changes - known > own.size) return false;
    for (let number = known + 1; number <= changes; number += 1) {
      if (!own.has(number)) return false;
    }
    return true;
  }

  return {
    tell() {
      made += 1;
      begin();
    },

    heard(changes) {
      if (changes === known) return;
      // A poll may read a change of this instance before its writer knows the number. It is dropped then.
      if (!areOwn(changes)) drop();
      if (known !== null && changes < known) own.clear();
      known = changes;
      for (const number of own) if (number <= changes) own.delete(number);
    },

    async stop() {
      await writing;
      if (written < made) await writeNow();
      isStopped = true;
      await writing;
    },
  };
}
