/** The numbers of sessions that a clean-up marked inactive, terminated and deleted. */
export interface CleanUpCounts {
  inactive: number;
  terminated: number;
  deleted: number;
}

/** The result of a finished clean-up. */
export interface CleanUpReport extends CleanUpCounts {
  finishedAt: string;
  tookMs: number;
}

/** The progress of a running clean-up. */
export interface CleanUpProgress extends CleanUpCounts {
  startedAt: string;
}

/** The answer of `GET /status/clean-up`. */
export interface CleanUpStatusResponse {
  data: {
    /** The last clean-up that finished, on any instance; `null` before the first. */
    last: CleanUpReport | null;
    /** The running clean-up, on any instance; `null` while none runs. */
    current: CleanUpProgress | null;
  };
}

/** The answer of `POST /sessions/clean-inactive`. */
export interface CleanUpResponse {
  data: CleanUpReport;
}
