/** How many users' sessions were seen of late, and how many logins there were. */
export interface Activity {
  /** Active ones seen within the last five minutes. */
  online: number;
  /** Active and inactive ones seen within the last 15 and 30 minutes. */
  last15Minutes: number;
  last30Minutes: number;
  /** The logins of each of the last 24 hours; the current hour is the last. */
  loginsByHour: number[];
}

/** The answer of `GET /activity`. */
export interface ActivityResponse {
  data: Activity;
}
