/** How many sessions a clean-up marked inactive, terminated and deleted. */
export interface CleanUpCounts {
  inactive: number;
  terminated: number;
  deleted: number;
}

/** What a clean-up did. */
export interface CleanUpReport extends CleanUpCounts {
  finishedAt: string;
  tookMs: number;
}

/** What a clean-up that is under way has done so far. */
export interface CleanUpProgress extends CleanUpCounts {
  startedAt: string;
}

/** The answer of `GET /status/clean-up`. */
export interface CleanUpStatusResponse {
  data: {
    /** What the last whole one did, on whichever instance; `null` before the first. */
    last: CleanUpReport | null;
    /** The one under way, on whichever instance; `null` while there is none. */
    current: CleanUpProgress | null;
  };
}

/** The answer of `POST /sessions/clean-inactive`. */
export interface CleanUpResponse {
  data: CleanUpReport;
}
