/** The most sessions that `GET /sessions/impact-facts` tells of. */
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
  /** Until when its record is kept whatever the retention says; 0 where nothing keeps it. */
  keepUntilMs: number[];
}

/** What time and settings can change of the stored sessions. */
export interface ImpactFacts {
  /** When they were read, by the server's clock. */
  readAtMs: number;
  /** How many sessions there are; the columns hold the newest 100,000. */
  total: number;
  /** When old records are deleted next; `null` if never. */
  nextCleanUpAtMs: number | null;
  columns: ImpactColumns;
}

/** The answer of `GET /sessions/impact-facts`. */
export interface ImpactFactsResponse {
  data: ImpactFacts;
}
