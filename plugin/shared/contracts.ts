/** The three states of a session; `terminated` is final. */
export type SessionState = 'active' | 'inactive' | 'terminated';

/** Why a session was terminated. */
export type TerminationReason =
  | 'logout'
  | 'logout_all'
  | 'logout_others'
  | 'admin'
  | 'idle'
  | 'expired'
  | 'password_changed'
  | 'user_blocked'
  | 'user_deleted'
  | 'role_changed'
  | 'session_limit'
  | 'refresh_reuse';

/** Why a token or a login is refused; `unknown` where the record of its session is gone. */
export type RefusalReason = TerminationReason | 'unknown';

/** The broad kind of device a user agent names. */
export type DeviceType = 'desktop' | 'mobile' | 'tablet' | 'other';

/** What a user agent says about the device; `null` where it says nothing. */
export interface DeviceView {
  type: DeviceType;
  browser: string | null;
  os: string | null;
}

/** The user a session belongs to; names are `null` once the account is gone. */
export interface SessionUser {
  id: number;
  username: string | null;
  email: string | null;
}

/** What an API shows of a session: facts only, never a token. Times are ISO 8601 in UTC. */
export interface SessionFacts {
  id: string;
  state: SessionState;
  reason: TerminationReason | null;
  method: string;
  loggedInAt: string;
  lastSeenAt: string;
  terminatedAt: string | null;
  ip: string | null;
  userAgent: string | null;
  device: DeviceView;
}

/** One session as the admin API shows it. */
export interface SessionView extends SessionFacts {
  user: SessionUser;
}

/** One session as its own user sees it; `current` is the one that the request itself belongs to. */
export interface OwnSession extends SessionFacts {
  current: boolean;
}

/** Where a page stands in the whole list; pages count from 1. */
export interface Pagination {
  page: number;
  pageSize: number;
  pageCount: number;
  total: number;
}

/** The answer of `GET /sessions` and `GET /user/:userId/sessions`. */
export interface SessionList {
  data: SessionView[];
  meta: { pagination: Pagination };
}

/** The answer of `POST /sessions/:sessionId/terminate`. */
export interface SessionAnswer {
  data: SessionView;
}

/** The answer of `GET /my-sessions`. */
export interface OwnSessionList {
  data: OwnSession[];
  meta: { pagination: Pagination };
}

/** The answer of `GET /current-session` and `DELETE /my-sessions/:id`. */
export interface OwnSessionAnswer {
  data: OwnSession;
}

/** The answer of `POST /logout`, `/logout-all`, `/logout-others` and `/user/:userId/terminate-all`. */
export interface TerminateAllAnswer {
  data: { terminated: number };
}

/** The fields a list can be sorted by. */
export const SORTABLE_FIELDS = ['loggedInAt', 'lastSeenAt', 'terminatedAt', 'state'] as const;
export type SortableField = (typeof SORTABLE_FIELDS)[number];

/** From when until when, both included, in ISO 8601; without one of them the span has no end there. */
export interface TimeSpan {
  $gte?: string;
  $lte?: string;
}

/** Which sessions are meant: those that match all that is given. */
export interface SessionFilters {
  state?: SessionState;
  userId?: number;
  /** Numbers of rows with commas between, at most 100. */
  row?: string;
  /** The whole address. */
  ip?: string;
  device?: DeviceType;
  method?: string;
  loggedInAt?: TimeSpan;
  lastSeenAt?: TimeSpan;
  terminatedAt?: TimeSpan;
}

/** Where a login that came to nothing came from; never what was typed. */
export interface LoginAttemptFacts {
  method: string;
  ip: string | null;
  userAgent: string | null;
}

/** What Strapi's event hub tells of sessions and logins, by the name of the event. */
export interface SessionEvents {
  'session.created': { session: { id: string; userId: number; method: string } };
  'session.reactivated': { session: { id: string; userId: number } };
  'session.refresh-reused': { session: { id: string; userId: number } };
  'session.terminated': { session: { id: string; userId: number; reason: TerminationReason } };
  'login.failed': LoginAttemptFacts;
  'login.limited': LoginAttemptFacts & { retryAfterMs: number };
}

/**
 * Who does something: a user, an administrator, an API token, a visitor who has not signed in, or the
 * plugin itself by its rules and clocks, which have no id.
 */
export interface Actor {
  type: 'user' | 'admin' | 'api-token' | 'visitor' | 'system';
  id: number | null;
}

/** What the journal tells of. */
export const JOURNAL_EVENTS = [
  'session.created',
  'session.terminated',
  'session.refresh-reused',
  'login.failed',
  'settings.changed',
  'clean-up.finished',
] as const;
export type JournalEvent = (typeof JOURNAL_EVENTS)[number];

/** One entry of the journal. */
export interface JournalEntryView {
  id: number;
  /** When, in ISO 8601 in UTC. */
  at: string;
  what: JournalEvent;
  /** Who did it; the name is `null` where there is none, or none any more. */
  who: Actor & { name: string | null };
  /** The session and the user it is about; `null` where it is about neither. */
  sessionId: string | null;
  userId: number | null;
  /** That user by name; `null` where it is about none. */
  user: SessionUser | null;
  /** The method of a login, or the reason of a termination. */
  why: string | null;
  /** The options that were changed (`null`: taken back), or the counts of a clean-up. */
  details: Record<string, SettingValue | null> | null;
  ip: string | null;
  userAgent: string | null;
}

/** The answer of `GET /journal`, newest first. */
export interface JournalPage {
  data: JournalEntryView[];
  meta: { pagination: Pagination };
}

/** How a token is kept: sealed under a key, by its public name, or as nothing but a fingerprint. */
export type StoredTokenView =
  | { kept: 'sealed'; keyId: string; key: 'primary' | 'previous' | 'unknown' }
  | { kept: 'fingerprint' };

/** One session with its history and the facts of its tokens; `null` where there is no such token. */
export interface SessionDetails extends SessionView {
  /** What the journal tells of it, newest first, the oldest left out where there is too much. */
  history: JournalEntryView[];
  stored: { access: StoredTokenView | null; refresh: StoredTokenView | null };
}

/** The answer of `GET /sessions/:sessionId`. */
export interface SessionDetailsAnswer {
  data: SessionDetails;
}

/** What an app's own code may call: `strapi.plugin('magic-sessionmanager').service('sessions')`. */
export interface OfferedSessions {
  /**
   * Ends every session of a user, or of `'everyone'`, that began before an instant (Unix
   * milliseconds); one row, however many sessions. An instant yet to come counts as now.
   */
  endBefore(who: number | 'everyone', atMs: number, reason: TerminationReason): Promise<void>;
}

/** What an option can be set to. */
export type SettingValue = number | string | boolean;

/** Where an option's value in force comes from: the plugin, config/plugins, or an administrator. */
export type SettingSource = 'default' | 'config' | 'admin';

/** One option as the core describes it, with its value in force. A secret's value is never told. */
export interface SettingView {
  name: string;
  kind: 'number' | 'choice' | 'boolean' | 'secret';
  /** What a number counts; `null` for anything else. */
  unit: 'ms' | 'days' | 'sessions' | null;
  default: SettingValue | null;
  /** -1 where that lifts the limit. */
  min: number | null;
  max: number | null;
  choices: readonly string[] | null;
  /** What the option does and why, in English. */
  why: string;
  value: SettingValue | null;
  source: SettingSource;
  /** What applies once an administrator's value is taken back. */
  reset: { value: SettingValue | null; source: Exclude<SettingSource, 'admin'> };
}

/** The encryption key by its public name, and where it comes from; `derived` from the app's keys. */
export interface KeyView {
  id: string;
  source: 'config' | 'environment' | 'derived';
}

/** The answer of `GET /settings` and `PUT /settings`. */
export interface SettingsAnswer {
  data: { settings: SettingView[]; key: KeyView };
}

/** The body of `PUT /settings`: `null` takes an administrator's value back. */
export interface SettingsChange {
  settings: Record<string, SettingValue | null>;
}

/** How long after its last request a session counts as online, in milliseconds. */
export const ONLINE_WITHIN_MS = 5 * 60_000;

/** How many sessions there are, by what they are doing. */
export interface SessionFigures {
  active: number;
  inactive: number;
  terminated: number;
  /** Active ones seen within the last five minutes. */
  online: number;
  /** Those that ended since the instant the request named, or else since midnight UTC. */
  terminatedSince: number;
}

/** How many sessions a clean-up marked inactive, ended and deleted. */
export interface CleanUpCounts {
  inactive: number;
  ended: number;
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
export interface CleanUpStatusAnswer {
  data: {
    /** What the last whole one did, on whichever instance; `null` before the first. */
    last: CleanUpReport | null;
    /** The one under way, on whichever instance; `null` while there is none. */
    current: CleanUpProgress | null;
  };
}

/** The answer of `POST /sessions/clean-inactive`. */
export interface CleanUpAnswer {
  data: CleanUpReport;
}

/** How far the sealing anew has come: tokens sealed anew, and those under a key nobody named. */
export interface ResealingView {
  resealed: number;
  unknown: number;
  done: boolean;
}

/** How the connection to Redis is doing, as the instance that answers finds it. */
export interface RedisView {
  connected: boolean;
  /** Since when it is not connected; `null` while it is. */
  awaySince: string | null;
  /** Round trip of the last ping, or how long the one under way waits if that is more already. */
  pingMs: number | null;
}

/** How closely the instance that answers follows the database. */
export interface FeedView {
  /** How old the last answer is, counted from when it was asked for; `null` before the first. */
  ageMs: number | null;
  /** How long the database took for it. */
  tookMs: number | null;
}

/** The answer of `GET /status`. */
export interface StatusAnswer {
  data: {
    version: string;
    wasmBytes: number;
    /** SHA-256 of the WebAssembly module in hexadecimal digits, as the README names it. */
    wasmSha256: string;
    /** How often the core of this process has failed and was replaced: 0, or there is a bug. */
    traps: number;
    key: KeyView;
    /** How many tokens were sealed under that key, and from how many on it is to be replaced. */
    seals: { total: number; warnAt: number };
    /** The sealing anew under the present key; `null` before it has begun. */
    resealing: ResealingView | null;
    /** The last whole one, on whichever instance; `null` before the first. */
    cleanUp: CleanUpReport | null;
    /** How many instances there are, as last known; `null` without Redis, by which they are counted. */
    instances: number | null;
    /** `null` where none is configured. */
    redis: RedisView | null;
    feed: FeedView;
    /** How long an instance trusts what it knows without asking. */
    leaseMs: number;
    sessions: SessionFigures;
  };
}

/** The body of `POST /sessions/terminate`: which sessions end, all of them with empty filters. */
export interface TerminateMatchingRequest {
  filters: SessionFilters;
  /** A search by user names, e-mail addresses, browsers, systems and beginnings of IP addresses. */
  _q?: string;
  /** Only says how many would end. */
  dryRun?: boolean;
}

/** The answer of `POST /sessions/terminate` with `dryRun`: how many would end, and the first ones. */
export interface TerminatePreviewAnswer {
  data: { count: number; sessions: SessionView[] };
}

/** The answer of `POST /user/:userId/toggle-block`. */
export interface BlockAnswer {
  data: { userId: number; blocked: boolean };
}

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
  /** 0 for a session that has not ended. */
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
export interface ImpactFactsAnswer {
  data: ImpactFacts;
}

/** How many users' sessions were seen of late, and how many logins there were. */
export interface Activity {
  /** Active ones seen within the last five minutes. */
  online: number;
  /** Those that have not ended and were seen within the last 15 and 30 minutes. */
  last15Minutes: number;
  last30Minutes: number;
  /** The logins of each of the last 24 hours, the hour that ends now last. */
  loginsByHour: number[];
}

/** The answer of `GET /activity`. */
export interface ActivityAnswer {
  data: Activity;
}

/** What a refusal says of itself, as far as it has something to say. */
export interface ErrorDetails {
  /** Why the session has ended, or why a login may not begin one. */
  reason?: RefusalReason;
  /** The parameter or the option that is wrong. */
  field?: string;
  /** The type of the problem, a URI, where a quota is used up. */
  type?: string;
  'violated-policies'?: string[];
}

/** How Strapi and the plugin answer what they refuse. */
export interface ErrorAnswer {
  data: null;
  error: { status: number; name: string; message: string; details: ErrorDetails };
}
