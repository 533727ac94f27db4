/** The numbers of recently seen sessions and of logins. */
export interface Activity {
  /** Active sessions seen within the last five minutes. */
  online: number;
  /** Active and inactive sessions seen within the last 15 minutes. */
  last15Minutes: number;
  /** Active and inactive sessions seen within the last 30 minutes. */
  last30Minutes: number;
  /** The logins of each of the last 24 hours; the current hour is the last. */
  loginsByHour: number[];
}

/** The answer of `GET /activity`. */
export interface ActivityResponse {
  data: Activity;
}
