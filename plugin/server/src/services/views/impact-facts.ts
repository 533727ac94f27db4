import {
  IMPACT_FACTS_LIMIT,
  STATE_NUMBERS,
  type ImpactColumns,
  type ImpactFacts,
} from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import type { SessionPages } from '../../stores/database/sessions/session-pages';
import type { SessionTimes, SessionTimesStore } from '../../stores/database/sessions/session-times';
import type { CleanUpJob } from '../clean-up/clean-up-job';

/** Reads the facts of stored sessions by which the browser previews other settings. */
export interface ImpactFactsReader {
  /** Reads the newest sessions, at most {@link IMPACT_FACTS_LIMIT}, without personal data. */
  read(): Promise<ImpactFacts>;
}

/** Dependencies of {@link createImpactFacts}. */
export interface ImpactFactsParts {
  times: SessionTimesStore;
  pages: SessionPages;
  cleanUpJob: CleanUpJob;
}

/** The number of rows per batch; requests are served between two batches. */
const BATCH_SIZE = 2500;

export function createImpactFacts({
  times,
  pages,
  cleanUpJob,
}: ImpactFactsParts): ImpactFactsReader {
  async function newest(): Promise<ImpactColumns> {
    const columns = emptyColumns();
    let last: number | null = null;
    while (columns.rows.length < IMPACT_FACTS_LIMIT) {
      const left = IMPACT_FACTS_LIMIT - columns.rows.length;
      const batch = await times.before(last, Math.min(BATCH_SIZE, left));
      if (batch.length === 0) break;
      for (const session of batch) append(columns, session);
      last = columns.rows.at(-1) ?? null;
    }
    return columns;
  }

  return {
    async read() {
      const states = await pages.countStates();
      const columns = await newest();
      const readAtMs = nowMs();
      return {
        readAtMs,
        total: [...states.values()].reduce((sum, count) => sum + count, 0),
        nextCleanUpAtMs: cleanUpJob.plannedAfter(readAtMs),
        columns,
      };
    },
  };
}

function emptyColumns(): ImpactColumns {
  return {
    rows: [],
    states: [],
    loggedInAtMs: [],
    lastSeenAtMs: [],
    terminatedAtMs: [],
    keepUntilMs: [],
  };
}

function append(columns: ImpactColumns, session: SessionTimes): void {
  columns.rows.push(session.row);
  columns.states.push(STATE_NUMBERS[session.state]);
  columns.loggedInAtMs.push(session.loggedInAtMs);
  columns.lastSeenAtMs.push(session.lastSeenAtMs);
  columns.terminatedAtMs.push(session.terminatedAtMs ?? 0);
  columns.keepUntilMs.push(session.keepUntilMs ?? 0);
}
