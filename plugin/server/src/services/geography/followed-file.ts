import { stat } from 'node:fs/promises';
import type { GeoFileProblem, GeoFileView } from '../../../../shared/contracts';
import { nowMs } from '../../clock';

/** What a file has told when it was read. */
export type FileFacts = Pick<GeoFileView, 'madeAt' | 'ranges' | 'skippedLines'>;

/** Facts of a file that was not read yet. */
export const NO_FACTS: FileFacts = { madeAt: null, ranges: null, skippedLines: null };

/** A file has another content than its option takes. */
export class WrongContent extends Error {}

/** A file could not be taken into use for a reason that is not its own and may pass. */
export class NotNow extends Error {}

/** A file that is read again when it changes. */
export interface FollowedFile {
  /** Reads the file if it has changed; a file that cannot be read leaves the last good one in use. Never rejects. */
  check: () => Promise<void>;
  view: () => GeoFileView;
}

/** Dependencies of {@link followFile}. */
export interface FollowedFileParts {
  /** The option that names the file. */
  option: string;
  path: string;
  /**
   * Takes the file into use; rejects with {@link WrongContent} or an error of the core where it has another content, and
   * with {@link NotNow} where it should be tried again.
   */
  load: (path: string) => Promise<FileFacts>;
  /** Tells whether what was loaded is gone from memory. */
  isLost?: () => boolean;
  /** Receives each problem once; `isKept` tells whether an earlier version stays in use. */
  report: (problem: GeoFileProblem, error: unknown, isKept: boolean) => void;
}

/** How often a version is tried in a row that fails for an unknown reason, such as a trap of the core. */
const MAX_TRIES = 3;

/** Follows one file. */
export function followFile(parts: FollowedFileParts): FollowedFile {
  const { option, path, load, isLost = () => false, report } = parts;
  let facts = NO_FACTS;
  let loadedAtMs: number | null = null;
  let problem: GeoFileProblem | null = null;
  /** The version that was looked at last, and the one that needs no further read. */
  let seen = '';
  let settled = '';
  let tries = 0;

  function forget(): void {
    [facts, loadedAtMs, problem, settled, tries] = [NO_FACTS, null, null, '', 0];
  }

  function failed(current: GeoFileProblem, error: unknown): void {
    if (problem !== current) report(current, error, loadedAtMs !== null);
    problem = current;
  }

  async function read(version: string): Promise<void> {
    try {
      facts = await load(path);
      loadedAtMs = nowMs();
      [problem, settled, tries] = [null, version, 0];
    } catch (error) {
      tries += 1;
      const isWrong = isAboutContent(error);
      failed(isWrong ? 'wrong_content' : 'unreadable', error);
      settled = isWrong || (!mayPass(error) && tries >= MAX_TRIES) ? version : '';
    }
  }

  async function look(): Promise<void> {
    const version = await versionOf(path);
    const isNew = version !== seen;
    if (isNew) tries = 0;
    seen = version;
    if (version === settled) return;
    // A file that replaces a good one may still be written. It is whole when it rests from one look to the next.
    if (loadedAtMs === null || !isNew) await read(version);
  }

  return {
    async check() {
      try {
        if (loadedAtMs !== null && isLost()) forget();
        await look();
      } catch (error) {
        failed(isMissing(error) ? 'missing' : 'unreadable', error);
        seen = '';
        settled = '';
      }
    },

    view: () => ({
      option,
      ...facts,
      loadedAt: loadedAtMs === null ? null : new Date(loadedAtMs).toISOString(),
      problem,
    }),
  };
}

async function versionOf(path: string): Promise<string> {
  const stats = await stat(path);
  // A pipe would be waited for without an end.
  if (!stats.isFile()) throw new Error('it is no regular file');
  return [stats.mtimeMs, stats.ctimeMs, stats.size, stats.ino].join(' ');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Tells whether the reason of an error may pass, such as one of the file system. */
function mayPass(error: unknown): boolean {
  return error instanceof NotNow || (error instanceof Error && 'syscall' in error);
}

function isAboutContent(error: unknown): boolean {
  if (error instanceof WrongContent) return true;
  return error instanceof Error && 'code' in error && error.code === 'invalid_argument';
}
