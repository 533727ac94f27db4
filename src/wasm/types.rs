//! The TypeScript types of the boundary. `tests/boundary` compares them with real values.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::settings;

#[wasm_bindgen(typescript_custom_section)]
const SETTINGS: &'static str = settings::TYPESCRIPT;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = r#"
/** A stable name for a kind of failure, for programs to compare. */
export type CoreErrorCode =
    | 'invalid_setting'
    | 'invalid_key'
    | 'invalid_time'
    | 'invalid_argument'
    | 'open_failed'
    | 'entropy_unavailable'
    | 'key_exhausted';

/** The error that every function throws. The message is one line and never contains a secret. */
export interface CoreError extends Error {
    readonly name: 'CoreError';
    readonly code: CoreErrorCode;
    /** The argument or option concerned, if it is a single one. */
    readonly field: string | null;
}

/** One option of the plugin. */
export interface SettingDescription {
    readonly name: string;
    /** A secret is one text or several. It is never shown again. */
    readonly kind: 'number' | 'choice' | 'boolean' | 'networks' | 'secret';
    readonly unit: 'ms' | 'days' | 'sessions' | 'failures' | 'failures/day' | null;
    readonly default: number | string | boolean | readonly string[] | null;
    readonly min: number | null;
    readonly max: number | null;
    /** Whether `null` lifts the limit, as -1 does. Elsewhere `null` means the default. */
    readonly nullLifts: boolean;
    /** The words that the option takes; an option that takes a number may take words as well. */
    readonly choices: readonly string[] | null;
    /** What the option does, in English. */
    readonly description: string;
}

/**
 * The keys of a core. The primary key, which seals and opens, is configured (32 bytes in base64) or derived from a
 * secret of the app. Previous keys only open.
 */
export type KeySource = (
    | { readonly kind: 'configured'; readonly key: string }
    | { readonly kind: 'derived'; readonly secret: string }
) & {
    /** Previous keys in the form of the option `encryptionKeyPrevious`: comma-separated text or a list of texts. */
    readonly previous?: string | readonly string[] | null;
    /** The secret of the app, to open tokens that were sealed under the key derived from it. */
    readonly previousSecret?: string | null;
};

/**
 * The kind of key that an envelope was sealed under. `previous`: the envelope should be resealed. `unknown`: the key is
 * not configured, and the envelope cannot be opened. `malformed`: the text is not an envelope.
 */
export type KeyState = 'primary' | 'previous' | 'unknown' | 'malformed';

/** The state of a session. */
export type SessionState = 'active' | 'inactive' | 'terminated';

/** The reason why a session was terminated. */
export type Reason =
    | 'logout'
    | 'logout_all'
    | 'logout_others'
    | 'logout_remote'
    | 'admin'
    | 'idle'
    | 'expired'
    | 'password_changed'
    | 'user_blocked'
    | 'user_deleted'
    | 'role_changed'
    | 'session_limit'
    | 'refresh_reuse';

/** The column of a sealed token. */
export type TokenField = 'accessToken' | 'refreshToken';

/**
 * One session at one instant. Times are whole milliseconds since 1970-01-01T00:00:00Z. `terminatedAtMs` and `reason`
 * are `null` unless the state is `terminated`.
 */
export interface SessionSnapshot {
    readonly state: SessionState;
    readonly loggedInAtMs: number;
    readonly lastSeenAtMs: number;
    /** The time at which "last seen" was last stored. */
    readonly lastTouchedAtMs: number;
    readonly terminatedAtMs: number | null;
    readonly reason: Reason | null;
}

/** Terminates every session of a user, or of everyone, that began before an instant. */
export interface NotBefore {
    readonly atMs: number;
    readonly reason: Reason;
}

/** An event in the life of a session. A sweep reports the events named `…Elapsed`. */
export type SessionEvent =
    | { readonly type: 'loggedIn' }
    | { readonly type: 'requestSeen'; readonly notBefore?: NotBefore | null }
    | { readonly type: 'refreshed' }
    | { readonly type: 'replayed' }
    | { readonly type: 'idleElapsed' }
    | { readonly type: 'absoluteElapsed' }
    | { readonly type: 'terminateRequested'; readonly reason: Reason }
    | { readonly type: 'retentionElapsed' };

/** An effect that the caller carries out. */
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

/** The session after an event, and the effects in the order in which the caller carries them out. */
export interface Transition {
    readonly session: SessionSnapshot | null;
    readonly effects: readonly Effect[];
}

/** The steps and the cut-off times of a sweep. A time is inclusive; `null` changes nothing. */
export interface SweepPlan {
    /** In the order in which the caller carries them out; the first that selects a session decides on its reason. */
    readonly terminations: readonly SweepStep[];
    /** Revocations written at or before it terminate by their instant alone; `null` for none. */
    readonly knownRevocationsBeforeMs: number | null;
    /** Active sessions whose stored "last seen" is at or before it become inactive. */
    readonly idleBeforeMs: number | null;
    /** Records of tokens that began no session and run out at or before it are deleted. */
    readonly runOutBeforeMs: number;
    /** Records of sessions terminated at or before it are deleted. */
    readonly purgeBeforeMs: number | null;
    /** Journal entries made at or before it are deleted, but not those of changed settings. */
    readonly journalBeforeMs: number | null;
    /** Journal entries of changed settings made at or before it are deleted. They are kept for 30 days at least. */
    readonly settingsJournalBeforeMs: number | null;
    /** Marks of adopted tokens that expired at or before it are deleted. */
    readonly marksBeforeMs: number | null;
}

/** The source of a derived session id. */
export type IdSource = 'token' | 'refreshToken' | 'provider' | 'import';

/** How far a key is used up: `fresh`; `worn`, replace the key; `exhausted`, it seals no more. */
export type KeyWear = 'fresh' | 'worn' | 'exhausted';

/**
 * One step of a sweep. It terminates the sessions whose stored time lies within the bounds, both included, or those that
 * the revocations of their users and of everyone end, for the reason of each.
 */
export type SweepStep =
    | { readonly by: 'revocation'; readonly fromMs: null; readonly untilMs: null; readonly reason: null }
    | {
          readonly by: 'loggedInAtMs' | 'expiresAtMs' | 'lastSeenAtMs';
          readonly fromMs: number | null;
          readonly untilMs: number | null;
          readonly reason: Reason;
      };

/** Allows `limit` occurrences per window in the long run, and `burst` of them at once. */
export interface Quota {
    /** From 1 to 1,000,000. */
    readonly limit: number;
    /** From 1 to 31,536,000,000 (365 days). */
    readonly windowMs: number;
    /** From 1 to 10,000. */
    readonly burst: number;
}

/** The stored state of a quota: the time at which everything allowed so far will have been earned. */
export interface Tat {
    /** Whole milliseconds since 1970-01-01T00:00:00Z. */
    readonly atMs: number;
    /** The ticks of 1/`limit` milliseconds after that time; fewer than `limit`. */
    readonly ticks: number;
}

/** The decision on one occurrence, and the state of the quota after it. */
export interface QuotaDecision {
    readonly allowed: boolean;
    /** Stored by the caller if it differs from the one read. A refusal changes it only after a clock stepped back. */
    readonly tat: Tat;
    /** The number of further occurrences allowed at this instant. */
    readonly remaining: number;
    /** Milliseconds until the next occurrence is allowed; 0 if this one is. */
    readonly retryAfterMs: number;
    /** Milliseconds until a whole burst is allowed again. The stored `tat` may be deleted then. */
    readonly resetMs: number;
}

/** The client of a request. */
export interface Client {
    /** Without port, brackets and zone; `null` if nothing tells it. */
    readonly address: string | null;
    /** Whether it is in a trusted network that did not tell the address of its own client. No limit holds it. */
    readonly isTrusted: boolean;
    /** The network that a user logs in from, /24 or /56; `null` if it is unknown or trusted. */
    readonly place: string | null;
    /** The networks that failed logins are counted for; `unknown` without an address, none if it is trusted. */
    readonly networks: readonly { readonly subject: 'client' | 'household' | 'site'; readonly network: string }[];
}

/**
 * The outcome of a granted attempt: a session began, the password was wrong, or neither. `renewed` tells that the user
 * has another password.
 */
export type LoginOutcome = 'succeeded' | 'failed' | 'undecided' | 'renewed';

/** The failed logins of one account, to be stored. */
export interface StoredLogin {
    readonly record: string;
    /** The time at which the account's lock ends; 0 without one, 8,640,000,000,000,000 if only a reset ends it. */
    readonly lockedUntilMs: number;
}

/** The decision on an attempt by the record of the account. */
export interface LoginDecision {
    readonly allowed: boolean;
    /** Milliseconds until an attempt is allowed; 0 if this one is. */
    readonly retryAfterMs: number;
    /** Whether this refusal begins a lock. */
    readonly locks: boolean;
    /** The record to store; `null` if nothing needs to be stored. */
    readonly store: StoredLogin | null;
}

/** The decision on an attempt by the allowances of networks and names. */
export interface FailureDecision {
    readonly allowed: boolean;
    /** Milliseconds until an attempt is allowed; 0 if this one is. */
    readonly retryAfterMs: number;
    /** Whether this refusal begins a lock. */
    readonly locks: boolean;
    /** The allowances to store, in the order of the states; `null` if nothing was taken. */
    readonly allowances: readonly ({
        readonly text: string;
        /** The time at which the allowance is whole again, and need not be stored any more. */
        readonly wholeAtMs: number;
        readonly locked: boolean;
    } | null)[];
}

/** What the limits of failed logins mean, by the simulation of a day of attack. */
export interface LoginForecast {
    /** Numbers of networks that guess the password of one account, while its owner logs in every hour. */
    readonly networks: readonly number[];
    /** The passwords that so many networks may try in a day. */
    readonly guesses: readonly number[];
    /** Numbers of wrong passwords that an owner types at once. */
    readonly typos: readonly number[];
    /** How long the owner then waits at a place that is known. */
    readonly waitsAtKnownPlaceMs: readonly number[];
    /** How long the owner then waits elsewhere. */
    readonly waitsAtUnknownPlaceMs: readonly number[];
}

/** A session of the user who logs in. It is not stored as terminated. */
export interface LiveSession {
    readonly sessionId: string;
    readonly loggedInAtMs: number;
    /** The number of the newest revocation that its login knew of. */
    readonly knownRevocation: number;
    readonly lastSeenAtMs: number;
    /** When its tokens run out; `null` if they never do, or if that is unknown. */
    readonly expiresAtMs?: number | null;
}

/** The decision on a login. `evict` names the sessions that are terminated for `session_limit`. */
export interface LimitDecision {
    readonly type: 'allow' | 'evict' | 'deny';
    readonly sessionIds: readonly string[];
}

/** The account of a user. */
export interface Account {
    readonly blocked: boolean;
    /** The fingerprint of the stored hash of the password, by `passwordFingerprint`. */
    readonly passwordFingerprint: string;
}

/**
 * The decision on a session by the account of its user: it goes on, it goes on and is bound to the fingerprint of now,
 * or it is terminated for a reason.
 */
export type AccountDecision = 'keep' | 'bind' | 'user_deleted' | 'user_blocked' | 'password_changed';

/** The facts about a refresh token that has been exchanged for its child. */
export interface Rotation {
    readonly rotatedAtMs: number;
    /** Whether the child has been used: for a refresh, or by a request with the access token issued with it. */
    readonly childUsed: boolean;
    /** The fingerprint of the address and device that used the child first. Null or undefined: unknown. */
    readonly childUsedBy?: string | null | undefined;
    /** The same of the request that presents the token. */
    readonly presentedBy?: string | null | undefined;
}

/**
 * The decision on a refresh token: exchange it (`rotate`), answer with the existing child (`retry`, and `tolerate` for
 * a reuse), refuse it (`refuse`), or refuse it and terminate the session for `refresh_reuse` (`reuse`).
 */
export type RefreshDecision = 'rotate' | 'retry' | 'tolerate' | 'refuse' | 'reuse';

/**
 * One step of a script for `simulate`. All steps but `login` and `pause` concern the newest session. `requests` sends
 * one request at once and then one every `everyMs`, until `forMs` has passed.
 */
export type ScriptStep =
    | { readonly type: 'login' }
    | { readonly type: 'request' }
    | { readonly type: 'requests'; readonly everyMs: number; readonly forMs: number }
    | { readonly type: 'pause'; readonly forMs: number }
    | { readonly type: 'terminate'; readonly reason: Reason };

/** A state and its duration. `untilMs` is `null` if no other state and no deletion follows. */
export interface TimelineSpan {
    readonly state: SessionState;
    readonly fromMs: number;
    readonly untilMs: number | null;
}

/** Consecutive refusals for one reason, from the first to the last. */
export interface TimelineRefusals {
    readonly fromMs: number;
    readonly untilMs: number;
    readonly count: number;
    readonly reason: Reason | 'unknown';
}

/** One session from login to deletion. The last span is `terminated` and lasts until the deletion. */
export interface TimelineSession {
    readonly spans: readonly TimelineSpan[];
    /** The number of requests that stored "last seen". */
    readonly touchesWritten: number;
    /** The number of requests without a write. */
    readonly touchesSaved: number;
    readonly reactivations: number;
    readonly refusals: readonly TimelineRefusals[];
    /** The reason of the termination. */
    readonly reason: Reason | null;
}

/** The result of a simulation. */
export interface Timeline {
    /** The sessions in the order of login. */
    readonly sessions: readonly TimelineSession[];
    /** The refusals without a session: logins beyond the limit, requests before any login. */
    readonly refusals: readonly TimelineRefusals[];
}

/** The kind of the networks in a list of the operator. */
export type ListKind = 'relay' | 'tor' | 'vpn' | 'proxy' | 'hosting';

/** The tables of networks, as `npm run build:geo` makes them. */
export interface GeographyTables {
    readonly countries: Uint8Array;
    readonly hosting: Uint8Array;
}

/** Stored sessions as columns of equal length. */
export interface SessionColumns {
    /** 0 active, 1 inactive, 2 terminated. */
    readonly states: Uint8Array;
    readonly loggedInAtMs: Float64Array;
    readonly lastSeenAtMs: Float64Array;
    /** Counts only for a terminated session. */
    readonly terminatedAtMs: Float64Array;
    /** The record is not deleted before; 0 without such a time. */
    readonly keepUntilMs: Float64Array;
}

/**
 * The changes that a sweep and the next clean-up would make, as indices of stored sessions.
 *
 * A session that the sweep terminates may be deleted by the clean-up. Otherwise an index is in one list at most.
 */
export interface Impact {
    readonly becomeInactive: Uint32Array;
    readonly terminatedAsIdle: Uint32Array;
    readonly terminatedAsExpired: Uint32Array;
    readonly deleted: Uint32Array;
}
"#;
