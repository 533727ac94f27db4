//! The TypeScript types of the boundary: their one source, held against real values by `tests/boundary`.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::settings;

#[wasm_bindgen(typescript_custom_section)]
const SETTINGS: &'static str = settings::TYPESCRIPT;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = r#"
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
"#;
