/* tslint:disable */
/* eslint-disable */

/** Names a kind of failure; stable, made to be compared. */
export type CoreErrorCode =
| 'invalid_setting'
| 'invalid_key'
| 'invalid_time'
| 'invalid_argument'
| 'open_failed'
| 'entropy_unavailable';

/** Is what every function here throws. The message is one line and never holds a secret. */
export interface CoreError extends Error {
    readonly name: 'CoreError';
    readonly code: CoreErrorCode;
    /** What the failure concerns, if it is one thing. */
    readonly field: string | null;
}

/** Describes one option of the plugin. */
export interface SettingDescription {
    readonly name: string;
    /** A secret is a text, or several, never shown again. */
    readonly kind: 'number' | 'choice' | 'boolean' | 'secret';
    readonly unit: 'ms' | 'days' | 'sessions' | null;
    readonly default: number | string | boolean | null;
    readonly min: number | null;
    readonly max: number | null;
    /** The words that a choice takes. */
    readonly choices: readonly string[] | null;
    /** What the option does, in English. */
    readonly description: string;
}

/**
 * Says where the keys come from. The primary key is configured (32 bytes in base64), or derived from the app's own
 * secret; it seals and opens. Previous keys only open.
 */
export type KeySource = (
| { readonly kind: 'configured'; readonly key: string }
| { readonly kind: 'derived'; readonly secret: string }
) & {
    /** Holds previous keys as the option `encryptionKeyPrevious` has them: comma-separated text or a list of texts. */
    readonly previous?: string | readonly string[] | null;
    /** Is the app's own secret, so that what was sealed under the key derived from it opens. */
    readonly previousSecret?: string | null;
};

/**
 * Says under which key an envelope stands: the primary one; a previous one, so that it is to be resealed; one that is
 * not configured, so that it cannot be opened now. `malformed`: it is no envelope.
 */
export type KeyState = 'primary' | 'previous' | 'unknown' | 'malformed';

/** Names the state of a session. */
export type SessionState = 'active' | 'inactive' | 'terminated';

/** Says why a session ended. */
export type Reason =
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

/** Names the column that a sealed token belongs to. */
export type TokenField = 'accessToken' | 'refreshToken';

/**
 * Is one session at one moment. Times are whole milliseconds since 1970-01-01T00:00:00Z.
 * `terminatedAtMs` and `reason` are set exactly when the state is `terminated`.
 */
export interface SessionSnapshot {
    readonly state: SessionState;
    readonly loggedInAtMs: number;
    readonly lastSeenAtMs: number;
    /** When "last seen" was last written down. */
    readonly lastTouchedAtMs: number;
    readonly terminatedAtMs: number | null;
    readonly reason: Reason | null;
}

/** Ends every session of a user, or of everyone, that began before an instant. */
export interface NotBefore {
    readonly atMs: number;
    readonly reason: Reason;
}

/** Is a fact about a session; those that end in `Elapsed` are a sweep's findings. */
export type SessionEvent =
| { readonly type: 'loggedIn' }
| { readonly type: 'requestSeen'; readonly notBefore?: NotBefore | null }
| { readonly type: 'refreshed' }
| { readonly type: 'replayed' }
| { readonly type: 'idleElapsed' }
| { readonly type: 'absoluteElapsed' }
| { readonly type: 'terminateRequested'; readonly reason: Reason }
| { readonly type: 'retentionElapsed' };

/** Is an order to whoever reported the event. */
export type Effect =
| { readonly type: 'create' }
| { readonly type: 'touch' }
| { readonly type: 'reactivate' }
| { readonly type: 'markInactive' }
| { readonly type: 'followRotation' }
| { readonly type: 'deny'; readonly reason: Reason | 'unknown' }
| { readonly type: 'revokeRefreshFamily' }
| { readonly type: 'notify'; readonly reason: Reason }
| { readonly type: 'delete' };

/** Says what an event made of a session, and what is to be done about it, in order. */
export interface Transition {
    readonly session: SessionSnapshot | null;
    readonly effects: readonly Effect[];
}

/** Holds the cut-offs of a sweep, each inclusive: at or before it counts. `null`: nothing can have crossed it. */
export interface SweepPlan {
    /** Active sessions whose written "last seen" is then or earlier are inactive. */
    readonly idleBeforeMs: number | null;
    /** Sessions not terminated whose written "last seen" is then or earlier have ended as idle. */
    readonly idleTerminatedBeforeMs: number | null;
    /** Sessions that began then or earlier are expired. */
    readonly expiredBeforeMs: number | null;
    /** Sessions terminated then or earlier are to be deleted. */
    readonly purgeBeforeMs: number | null;
    /** Entries of the journal made then or earlier are to be deleted. */
    readonly journalBeforeMs: number | null;
}

/** Allows `limit` occurrences per window in the long run, and `burst` of them at once. */
export interface Quota {
    /** From 1 to 1,000,000. */
    readonly limit: number;
    /** From 1 to 31,536,000,000 (365 days). */
    readonly windowMs: number;
    /** From 1 to 10,000. */
    readonly burst: number;
}

/** Is what a store holds of a quota's use: when everything allowed so far will have been earned. */
export interface Tat {
    /** Whole milliseconds since 1970-01-01T00:00:00Z. */
    readonly atMs: number;
    /** What comes on top: ticks of 1/limit milliseconds, fewer than `limit`. */
    readonly ticks: number;
}

/** Says whether something may happen, and how matters stand after that. */
export interface QuotaDecision {
    readonly allowed: boolean;
    /** To be stored if it differs from what was read; a refusal changes it only when a clock has stepped back. */
    readonly tat: Tat;
    /** How many more may happen at this very moment. */
    readonly remaining: number;
    /** Milliseconds until the next is allowed; 0 if this one is. */
    readonly retryAfterMs: number;
    /** Milliseconds until a whole burst is allowed again; from then on the stored `tat` may be forgotten. */
    readonly resetMs: number;
}

/** Names whom failed logins are counted for: the account that was tried, or where the attempt came from. */
export type LoginSubject = 'identifier' | 'address';

/** Is what is remembered of one subject's failed logins. Times are whole milliseconds since 1970-01-01T00:00:00Z. */
export interface LoginRecord {
    /** When the last of the failures is forgiven. */
    readonly forgivenAtMs: number;
    readonly lastFailureAtMs: number;
    /** When the lock ends; not after the newest failure if there is no lock. */
    readonly lockedUntilMs: number;
}

/** Says whether a login may be tried. */
export interface LoginDecision {
    readonly allowed: boolean;
    /** Whose lock holds, the longer one if both do; `null` if it may be tried. */
    readonly heldBy: LoginSubject | null;
    /** Milliseconds until it may be tried; 0 if it may be now. */
    readonly retryAfterMs: number;
}

/** Is what a failed login leaves behind. */
export interface FailedLogin {
    readonly record: LoginRecord;
    /** From then on the record says no more than none would, and may be deleted. */
    readonly forgetAtMs: number;
}

/** Is a session of the user who logs in, not terminated so far. */
export interface LiveSession {
    readonly sessionId: string;
    readonly loggedInAtMs: number;
    readonly lastSeenAtMs: number;
}

/** Says what a login does; the sessions named end for `session_limit`, and only `evict` names any. */
export interface LimitDecision {
    readonly type: 'allow' | 'evict' | 'deny';
    readonly sessionIds: readonly string[];
}

/** Is what is known of a refresh token that has been exchanged for its child. */
export interface Rotation {
    readonly rotatedAtMs: number;
    /** Whether the child has been used: for a refresh, or by a request with an access token that came with it. */
    readonly childUsed: boolean;
}

/**
 * Says what to do with a refresh token: exchange it, answer with the child there already is, or refuse it and
 * terminate the session for `refresh_reuse`.
 */
export type RefreshDecision = 'rotate' | 'retry' | 'reuse';

/**
 * Is one step of a script for `simulate`: what a user does, or that time passes. All but `login` and `pause` are about
 * the newest session. `requests` sends one at once and then one every `everyMs`, until `forMs` has passed.
 */
export type ScriptStep =
| { readonly type: 'login' }
| { readonly type: 'request' }
| { readonly type: 'requests'; readonly everyMs: number; readonly forMs: number }
| { readonly type: 'pause'; readonly forMs: number }
| { readonly type: 'terminate'; readonly reason: Reason };

/** Is a state and how long it lasted; `untilMs` is null if it never ends. */
export interface TimelineSpan {
    readonly state: SessionState;
    readonly fromMs: number;
    readonly untilMs: number | null;
}

/** Counts refusals for one reason that came one after another, from the first to the last. */
export interface TimelineRefusals {
    readonly fromMs: number;
    readonly untilMs: number;
    readonly count: number;
    readonly reason: Reason | 'unknown';
}

/** Is one session from login to deletion; the last span is `terminated` and ends with the deletion. */
export interface TimelineSession {
    readonly spans: readonly TimelineSpan[];
    /** Requests that were written down as "last seen". */
    readonly touchesWritten: number;
    /** Requests that passed without a write. */
    readonly touchesSaved: number;
    readonly reactivations: number;
    readonly refusals: readonly TimelineRefusals[];
    /** Why it ended. */
    readonly reason: Reason | null;
}

/** Is what became of a script. */
export interface Timeline {
    /** In order of login. */
    readonly sessions: readonly TimelineSession[];
    /** What was refused without a session: logins beyond the limit, requests before any login. */
    readonly refusals: readonly TimelineRefusals[];
}

/** Holds stored sessions as columns of one length. */
export interface SessionColumns {
    /** 0 active, 1 inactive, 2 terminated. */
    readonly states: Uint8Array;
    readonly loggedInAtMs: Float64Array;
    readonly lastSeenAtMs: Float64Array;
    /** Counts only for a terminated session. */
    readonly terminatedAtMs: Float64Array;
}

/** Says what a sweep would do to stored sessions, each named by its index and in one list at most. */
export interface Impact {
    readonly becomeInactive: Uint32Array;
    readonly terminatedAsIdle: Uint32Array;
    readonly terminatedAsExpired: Uint32Array;
    readonly deleted: Uint32Array;
}



/** The options, complete and within their bounds. It never holds a key. */
export interface Settings {
    /** Stores when a session was last seen, at most this often. 0 stores it at every request. While requests come, it is stored at least four times per inactivity timeout. */
    readonly lastSeenRateLimit: number;
    /** A session is idle after this long without a request. Detection may lag by up to a quarter of it. */
    readonly inactivityTimeout: number;
    /** Marks an idle session as inactive until its next request, or terminates it. */
    readonly onInactive: 'mark' | 'terminate';
    /** Terminates a session this long after login, however busy it is. A stolen token must not work forever. */
    readonly absoluteTimeout: number;
    /** Limits how many sessions one user may have at a time. */
    readonly maxSessionsPerUser: number;
    /** A login beyond the limit terminates the oldest session, or is refused. */
    readonly onLimit: 'evict-oldest' | 'deny-new';
    /** Terminates all sessions of a user who is given another role. The new rights then begin with a new login. */
    readonly terminateOnRoleChange: boolean;
    /** Refuses tokens that have no session, such as tokens from before the installation. Without it, such a token gets a session at its first request. */
    readonly strict: boolean;
    /** A client whose response was lost may use its refresh token once more within this time. Any other second use terminates the session. 0 allows no second use. */
    readonly refreshRetryWindow: number;
    /** Deletes the records of terminated sessions after this many days, because personal data must not pile up. */
    readonly terminatedRetentionDays: number;
    /** Deletes journal entries after this many days, because they name people and addresses. */
    readonly journalRetentionDays: number;
    /** Stores the tokens of each session, sealed. Without it, only their fingerprints are stored, and a client that loses a refresh response must log in again. */
    readonly storeTokens: boolean;
}



/**
 * Decides and seals for one set of settings and one keyring. Holds the keys until `free()`.
 */
export class Core {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Judges one request and gives flags of `Verdict`; numbers in, number out.
     *
     * `state`: 0 active, 1 inactive, 2 terminated. Times are whole milliseconds since the epoch; anything else
     * throws `invalid_time`, so that the request is refused. `notBeforeMs` is the later of the user's and the
     * global not-before instant, 0 where there is none. A clock that has stepped back expires nothing, makes
     * nothing idle and no write due.
     */
    checkRequest(state: number, loggedInAtMs: number, lastSeenAtMs: number, lastTouchedAtMs: number, notBeforeMs: number, nowMs: number): number;
    /**
     * Decides what a login does, given the sessions of its user that have not ended.
     *
     * Throws `invalid_argument` or `invalid_time`.
     */
    decideLimit(live: readonly LiveSession[], nowMs: number): LimitDecision;
    /**
     * Decides what a refresh token of a session that goes on is good for: the next rotation, the retry of a lost
     * response (with the child there already is), or nothing, since it is used a second time.
     *
     * `rotation` is undefined while the token has not been exchanged. Throws `invalid_argument` or `invalid_time`.
     */
    decideRefresh(rotation: Rotation | undefined, nowMs: number): RefreshDecision;
    /**
     * Gives the fingerprint by which a token is found again without being kept: 43 characters of URL-safe base64.
     */
    fingerprint(token: string): string;
    /**
     * Gives the public name of the primary key: 12 lower-case hex digits.
     */
    keyId(): string;
    /**
     * Says under which key an envelope stands, by the key id in it; nothing is opened, and nothing proven.
     *
     * Throws `invalid_argument` for what is no text.
     */
    keyStateOf(envelope: string): KeyState;
    /**
     * Draws a new session id: 128 random bits as 32 lower-case hex digits.
     */
    newSessionId(): string;
    /**
     * Makes a core. Throws `invalid_setting`, `invalid_key` or `invalid_argument`.
     */
    constructor(settings: Settings, key: KeySource);
    /**
     * Opens what was sealed for exactly this session and column.
     *
     * Throws `open_failed`, always the same whatever the cause, or `invalid_argument`.
     */
    open(sessionId: string, field: TokenField, envelope: string): string;
    /**
     * Opens what was sealed for exactly this session and column, and seals it anew under the primary key.
     *
     * Throws as `open` and `seal` do.
     */
    reseal(sessionId: string, field: TokenField, envelope: string): string;
    /**
     * Gives how often this core has sealed under its primary key; whoever keeps the total adds up all cores.
     */
    sealCount(): number;
    /**
     * Seals a token for storage, bound to one session and one column.
     *
     * Throws `invalid_argument` or `entropy_unavailable`.
     */
    seal(sessionId: string, field: TokenField, token: string): string;
    /**
     * Plans a sweep of the stored sessions. Throws `invalid_time`.
     */
    sweepPlan(nowMs: number): SweepPlan;
    /**
     * Gives the time between two writes of "last seen" for one session, in milliseconds: `lastSeenRateLimit`, or a
     * quarter of `inactivityTimeout` where that is less.
     */
    touchPeriodMs(): number;
    /**
     * Says what an event makes of a session, and what is to be done about it.
     *
     * `session` is undefined where there is none. Throws `invalid_argument` or `invalid_time`.
     */
    transition(session: SessionSnapshot | undefined, event: SessionEvent, nowMs: number): Transition;
}

/**
 * The flags of `checkRequest`: exactly one of `Allow`, `Expired`, `Terminated`, `Idle` and `Revoked` is set, the
 * others go with `Allow`.
 */
export enum Verdict {
    /**
     * The request may pass.
     */
    Allow = 1,
    /**
     * "Last seen" is to be written down.
     */
    Touch = 2,
    /**
     * The session was inactive and is active again.
     */
    Reactivated = 4,
    /**
     * Refused: the session has reached the absolute timeout and is to be terminated.
     */
    Expired = 8,
    /**
     * Refused: the session has ended.
     */
    Terminated = 16,
    /**
     * Refused: the session was idle for too long and is to be terminated.
     */
    Idle = 32,
    /**
     * Refused: the session began before the not-before instant and is to be terminated for its reason.
     */
    Revoked = 64,
}

export function __wbg_reset_state(): void;

/**
 * Says whether a login may be tried, from what is remembered of the account and of the address; undefined if
 * nothing.
 *
 * A refused attempt is not a failed one: neither look at the password nor call `loginFailed`. Throws
 * `invalid_argument` or `invalid_time`.
 */
export function decideLogin(identifier: LoginRecord | null | undefined, address: LoginRecord | null | undefined, nowMs: number): LoginDecision;

/**
 * Decides whether something may happen now under a quota.
 *
 * `tat` is what the store holds, undefined if nothing. If the decision's `tat` differs from it, store that by
 * compare-and-set, and decide anew if another was faster. Throws `invalid_argument` or `invalid_time`.
 */
export function decideQuota(quota: Quota, tat: Tat | null | undefined, nowMs: number): QuotaDecision;

/**
 * Lists every option with its default, unit, bounds and reason.
 */
export function describeSettings(): SettingDescription[];

/**
 * Makes a new encryption key: 32 random bytes in base64.
 */
export function generateKey(): string;

/**
 * Says what a sweep at `nowMs` under some settings would do to stored sessions.
 *
 * Takes columns of one length. Throws `invalid_setting`, `invalid_argument` or `invalid_time`.
 */
export function impact(settings: Settings, sessions: SessionColumns, nowMs: number): Impact;

/**
 * Gives the public name of the key that an envelope says it stands under, `null` for what is no envelope; nothing is
 * opened, and nothing proven.
 *
 * Throws `invalid_argument` for what is no text.
 */
export function keyIdOf(envelope: string): string | null;

/**
 * Gives what to remember of a subject after a login has failed; to be called for both subjects.
 *
 * Throws `invalid_argument` or `invalid_time`.
 */
export function loginFailed(subject: LoginSubject, record: LoginRecord | null | undefined, nowMs: number): FailedLogin;

/**
 * Gives what to remember of a subject after a login has succeeded; null if its record is to be deleted.
 *
 * Throws `invalid_argument` or `invalid_time`.
 */
export function loginSucceeded(subject: LoginSubject, record: LoginRecord | null | undefined): LoginRecord | null;

/**
 * Reads the plugin's configuration and completes it with the defaults.
 *
 * Takes the object as it stands in the configuration, or undefined. Throws `invalid_setting` with one line that
 * names the option, what it got (never the key) and what it takes.
 */
export function parseSettings(raw: any): Settings;

/**
 * Gives the total of seals under one key, over all cores and restarts, from which on the key is to be replaced.
 *
 * It is 2^31, half of what SP 800-38D §8.3 allows with random nonces.
 */
export function sealCountToWarnAt(): number;

/**
 * Gives the session id of a token that was issued without one: always the same for the same token.
 *
 * Takes the token's signing input, which is its header and payload with the dot between.
 */
export function sessionIdFor(signingInput: string): string;

/**
 * Plays a script under some settings, and then lets time pass until every session has ended.
 *
 * Sweeps come as soon as they have something to do; real ones come once a minute. Throws `invalid_setting`,
 * `invalid_argument` or `invalid_time`; a script makes at most 100,000 requests.
 */
export function simulate(settings: Settings, script: readonly ScriptStep[], startMs: number): Timeline;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_core_free: (a: number, b: number) => void;
    readonly core_checkRequest: (a: number, b: number, c: any, d: number, e: number, f: number, g: number, h: number) => void;
    readonly core_decideLimit: (a: number, b: number, c: any, d: any) => void;
    readonly core_decideRefresh: (a: number, b: number, c: any, d: any) => void;
    readonly core_fingerprint: (a: number, b: number, c: any) => void;
    readonly core_keyId: (a: number, b: number) => void;
    readonly core_keyStateOf: (a: number, b: number, c: any) => void;
    readonly core_new: (a: number, b: any, c: any) => void;
    readonly core_newSessionId: (a: number, b: number) => void;
    readonly core_open: (a: number, b: number, c: any, d: any, e: any) => void;
    readonly core_reseal: (a: number, b: number, c: any, d: any, e: any) => void;
    readonly core_seal: (a: number, b: number, c: any, d: any, e: any) => void;
    readonly core_sealCount: (a: number) => number;
    readonly core_sweepPlan: (a: number, b: number, c: any) => void;
    readonly core_touchPeriodMs: (a: number) => number;
    readonly core_transition: (a: number, b: number, c: any, d: any, e: any) => void;
    readonly decideLogin: (a: number, b: any, c: any, d: any) => void;
    readonly decideQuota: (a: number, b: any, c: any, d: any) => void;
    readonly describeSettings: () => any;
    readonly generateKey: (a: number) => void;
    readonly impact: (a: number, b: any, c: any, d: any) => void;
    readonly keyIdOf: (a: number, b: any) => void;
    readonly loginFailed: (a: number, b: any, c: any, d: any) => void;
    readonly loginSucceeded: (a: number, b: any, c: any) => void;
    readonly parseSettings: (a: number, b: any) => void;
    readonly sealCountToWarnAt: () => number;
    readonly sessionIdFor: (a: number, b: any) => void;
    readonly simulate: (a: number, b: any, c: any, d: any) => void;
    readonly __wbindgen_export: (a: number, b: number) => number;
    readonly __wbindgen_export2: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_export3: (a: number, b: number, c: number) => void;
    readonly __wbindgen_export4: (a: number) => void;
    readonly __wbindgen_export5: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __wbindgen_add_to_stack_pointer: (a: number) => number;
    readonly __wbindgen_export6: (a: number) => void;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
