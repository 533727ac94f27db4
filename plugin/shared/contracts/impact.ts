/** The maximum number of sessions that `GET /sessions/impact-facts` returns. */
export const IMPACT_FACTS_LIMIT = 100_000;

/** Stored sessions as columns of one length, newest row first. Times are Unix milliseconds. */
export interface ImpactColumns {
  /** The number of each session's row; `filters[row]` of `GET /sessions` finds it. */
  rows: number[];
  /** 0 active, 1 inactive, 2 terminated. */
  states: number[];
  loggedInAtMs: number[];
  lastSeenAtMs: number[];
  /** 0 for a session that is not terminated. */
  terminatedAtMs: number[];
  /**
   * Until when the record is kept regardless of the retention; 0 where the retention alone applies.
   */
  keepUntilMs: number[];
}

/** The facts of stored sessions that the preview of settings needs. */
export interface ImpactFacts {
  /** The time of the read by the server's clock, in Unix milliseconds. */
  readAtMs: number;
  /** The number of all sessions; the columns hold the newest 100,000. */
  total: number;
  /** When the next clean-up deletes old records, in Unix milliseconds; `null` if never. */
  nextCleanUpAtMs: number | null;
  columns: ImpactColumns;
}

/** The answer of `GET /sessions/impact-facts`. */
export interface ImpactFactsResponse {
  data: ImpactFacts;
}
