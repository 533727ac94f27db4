/* tslint:disable */
/* eslint-disable */

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



/** The options, complete and within their bounds. It never holds a key. */
export interface Settings {
    /** Stores when a session was last seen, at most this often. 0 stores it at every request. While requests come, it is stored at least four times per inactivity timeout. */
    readonly 'lastSeenRateLimit': number;
    /** A session is idle after this long without a request. Detection may lag by up to a quarter of it, or by a tenth if idle sessions are terminated. */
    readonly 'inactivityTimeout': number;
    /** Marks an idle session as inactive until its next request, or terminates it. */
    readonly 'onInactive': 'mark' | 'terminate';
    /** Terminates a session this long after login, however busy it is. With token, only the end of its tokens does. */
    readonly 'absoluteTimeout': number | 'token';
    /** Limits how many sessions one user may have at a time. */
    readonly 'maxSessionsPerUser': number;
    /** A login beyond the limit terminates the oldest session, or is refused. */
    readonly 'onLimit': 'evict-oldest' | 'deny-new';
    /** Terminates all sessions of a user who is given another role. The new rights then begin with a new login. */
    readonly 'terminateOnRoleChange': boolean;
    /** Refuses tokens that have no session, such as tokens from before the installation. Without it, such a token gets a session at its first request. */
    readonly 'strict': boolean;
    /** A client whose response was lost may use its refresh token again within this time, from the same address and device even if the new tokens are in use. 0 allows no second use. */
    readonly 'refreshRetryWindow': number;
    /** Any other second use of a refresh token terminates the session, is refused alone, or is answered within that time and refused after it. Only the first stops a thief. */
    readonly 'onRefreshReuse': 'terminate' | 'refuse' | 'tolerate';
    /** Limits wrong passwords. Otherwise they may be guessed without end. */
    readonly 'failedLogins.enabled': boolean;
    /** Limits the wrong passwords for one account from all places at which the user has never logged in. */
    readonly 'failedLogins.perAccount': number;
    /** Limits the failed logins from one address. Raise it where many people share one. */
    readonly 'failedLogins.perAddress': number;
    /** Limits the wrong passwords for one account in a row. Then only a reset of the password or an administrator opens the account. */
    readonly 'failedLogins.maxConsecutive': number;
    /** Networks of your servers that log users in. Their X-Forwarded-For tells the user's address. */
    readonly 'failedLogins.trustedNetworks': readonly string[];
    /** Deletes the records of terminated sessions after this many days, because personal data must not pile up. */
    readonly 'terminatedRetentionDays': number;
    /** Deletes journal entries after this many days, because they name people and addresses. Entries of changed settings are kept for 30 days at least. */
    readonly 'journalRetentionDays': number;
    /** Stores the newest refresh token of each session, sealed, to repeat a lost response. Without it, no token is stored, and a client that loses a refresh response must log in again. */
    readonly 'storeTokens': boolean;
}



/**
 * The decision on a token from before the plugin, by one revocation of its user or of everyone.
 */
export enum Adoption {
    /**
     * The token is refused.
     */
    Refuse = 0,
    /**
     * Its session does not know of the revocation.
     */
    Unaware = 1,
    /**
     * Its session knows of the revocation.
     */
    Aware = 2,
}

/**
 * Decides and seals for one set of settings and one keyring. The keys stay in memory until `free()`.
 */
export class Core {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Checks one request and returns flags of `Verdict`.
     *
     * `state`: 0 active, 1 inactive, 2 terminated. Times are whole milliseconds since the epoch; anything else throws
     * `invalid_time`. `notBeforeMs` is the later of the user's and the global not-before instant, 0 without any. While
     * the clock stands before a time, that time makes no session expired or idle, and no write due; but a login further
     * ahead than the absolute timeout is expired.
     */
    checkRequest(state: number, loggedInAtMs: number, lastSeenAtMs: number, lastTouchedAtMs: number, notBeforeMs: number, nowMs: number): number;
    /**
     * Returns the client of a request: its address, the place that it logs in from, and the networks that its failed
     * logins are counted for.
     *
     * `peer` is the address of the connection, as Strapi tells it. `forwardedFor` is the header `X-Forwarded-For`, which
     * counts only if the peer is in a trusted network. Throws `invalid_argument` for a value that is not a text.
     */
    clientOf(peer: string, forwardedFor: string): Client;
    /**
     * Counts a failed login for networks and names.
     *
     * Each of the `states` is a subject, or a subject, a blank and its stored allowance. `take` counts an attempt before
     * it is made, `force` after it has failed, and `give-back` takes one back that has not failed. Store the allowances of
     * the decision by compare-and-set. `shares` is the number of instances that count apart. Throws `invalid_argument`
     * or `invalid_time`.
     */
    countFailure(states: readonly string[], how: 'take' | 'force' | 'give-back', shares: number, nowMs: number): FailureDecision;
    /**
     * Decides on a login by the sessions of its user that are not terminated, the new one among them.
     *
     * `sessionId` is that of the new one. It need not be among them, if others have evicted it. `notBeforeMs` and
     * `revocation` are the later instant and the higher number of the revocations of the user and of everyone, 0 without
     * any. Throws `invalid_argument` or `invalid_time`.
     */
    decideLimit(live: readonly LiveSession[], sessionId: string, notBeforeMs: number, revocation: number, nowMs: number): LimitDecision;
    /**
     * Decides whether a password may be compared, by the record of the account.
     *
     * `origin` is `unknown`, or `known:` or `session:` with a name. Store the record of the decision by
     * compare-and-set before the password is compared, and decide again if another writer was faster. `concurrent` tells
     * whether this process has another attempt from there under way. Throws `invalid_argument` or `invalid_time`.
     */
    decideLogin(record: string | null, origin: string, concurrent: boolean, nowMs: number): LoginDecision;
    /**
     * Decides on a refresh token of a session that is not terminated.
     *
     * `rotation` is undefined while the token has not been exchanged. Throws `invalid_argument` or `invalid_time`.
     */
    decideRefresh(rotation: Rotation | undefined, nowMs: number): RefreshDecision;
    /**
     * Returns the fingerprint of a token, which finds it without storing it: 43 characters of URL-safe base64.
     */
    fingerprint(token: string): string;
    /**
     * Returns the id of the primary key: 12 lower-case hex digits.
     */
    keyId(): string;
    /**
     * Returns the kind of key that an envelope was sealed under, by its key id. The envelope is not opened.
     *
     * Throws `invalid_argument` for a value that is not a text.
     */
    keyStateOf(envelope: string): KeyState;
    /**
     * Generates a session id: 128 random bits as 32 lower-case hex digits.
     */
    newSessionId(): string;
    /**
     * Creates a core for these settings and keys. Throws `invalid_setting`, `invalid_key` or `invalid_argument`.
     */
    constructor(settings: Settings, key: KeySource);
    /**
     * Opens an envelope of exactly this session and column.
     *
     * Throws `invalid_argument`, or `open_failed`, which is the same for every cause.
     */
    open(sessionId: string, field: TokenField, envelope: string): string;
    /**
     * Opens an envelope of exactly this session and column, and seals its token again under the primary key.
     *
     * Throws the errors of `open` and `seal`.
     */
    reseal(sessionId: string, field: TokenField, envelope: string): string;
    /**
     * Returns the number of seals of this core under its primary key. The caller adds up all cores.
     */
    sealCount(): number;
    /**
     * Seals a token for one session and one column.
     *
     * Throws `invalid_argument`, `entropy_unavailable` or, after 2^32 seals under the key, `key_exhausted`.
     */
    seal(sessionId: string, field: TokenField, token: string): string;
    /**
     * Tells this core the number of seals of all cores under its primary key, and returns how far the key is used up.
     *
     * At 2^31 the key should be replaced; at 2^32 this core seals no more (SP 800-38D §8.3). Throws `invalid_argument`.
     */
    setSealTotal(total: number): KeyWear;
    /**
     * Returns the record after a granted attempt, or after the password was changed; `null` if it is unchanged.
     *
     * `reserved` tells whether the decision had a record to store. Throws `invalid_argument` or `invalid_time`.
     */
    settleLogin(record: string | null, origin: string, reserved: boolean, outcome: LoginOutcome, nowMs: number): StoredLogin | null;
    /**
     * Plans a sweep of the stored sessions. Throws `invalid_time`.
     */
    sweepPlan(nowMs: number): SweepPlan;
    /**
     * Returns the shortest time between two writes of "last seen" for one session, in milliseconds.
     *
     * It is `lastSeenRateLimit`, or a quarter of `inactivityTimeout` if that is less; a tenth where idle sessions are
     * terminated.
     */
    touchPeriodMs(): number;
    /**
     * Applies an event to a session and returns the new state with the effects for the caller.
     *
     * `session` is undefined if it does not exist. Throws `invalid_argument` or `invalid_time`.
     */
    transition(session: SessionSnapshot | undefined, event: SessionEvent, nowMs: number): Transition;
}

/**
 * The countries of networks, the networks of hosting companies, and the lists of the operator.
 */
export class Geography {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Adds whole lines to the list that is being read, and returns how many of them have no network.
     *
     * A line has a network, an address, or the first and the last address of a range at its start; anything behind a comma,
     * a blank or a `#` is left out. `text` takes
     * 65,536 UTF-16 code units. Throws `invalid_argument`, also for more than a million networks.
     */
    addToList(text: string): number;
    /**
     * Lets the list that was read replace that of a kind, and returns how many ranges without a gap it has.
     *
     * An address in several lists has the first of the kinds `"relay"`, `"tor"`, `"vpn"`, `"proxy"` and `"hosting"`. Throws
     * `invalid_argument` for another kind, and for a list without a network, which then replaces nothing.
     */
    finishList(kind: ListKind): number;
    /**
     * Returns the country and the kind of the network that an address belongs to, as one number.
     *
     * `address` is written as a connection or a proxy writes it. The lowest byte of the number is a `NetworkKind`, and the
     * two bytes above it are the letters of the country (ISO 3166-1), the first one lower; 0 where it is not known. Throws
     * `invalid_argument` for a value that is not a text.
     */
    locate(address: string): number;
    /**
     * Reads the two tables that `npm run build:geo` makes, and keeps a copy of them. An empty one knows no network.
     *
     * Throws `invalid_argument` for a table that is damaged, or of another version.
     */
    constructor(tables: GeographyTables);
    /**
     * Begins to read a list of networks. What was read of another one is dropped.
     */
    startList(): void;
}

/**
 * The decision on a token that is about to be issued.
 */
export enum IssueDecision {
    /**
     * It begins a session.
     */
    Begin = 0,
    /**
     * It belongs to the live session that the request carries.
     */
    Continue = 1,
    /**
     * It is refused, because the request carries a terminated session.
     */
    Refuse = 2,
}

/**
 * The kind of a network.
 */
export enum NetworkKind {
    /**
     * That of a company that rents out servers.
     */
    Hosting = 0,
    /**
     * One that is no part of the internet.
     */
    Private = 1,
    /**
     * That of an address that no client on the internet has.
     */
    Reserved = 2,
    /**
     * Any other network of the internet.
     */
    Other = 3,
    /**
     * The text is no address.
     */
    Unknown = 4,
    /**
     * A relay that hides an address but keeps the country, by a list of the operator.
     */
    Relay = 5,
    /**
     * An exit of Tor, by a list of the operator.
     */
    Tor = 6,
    /**
     * A virtual private network, by a list of the operator.
     */
    Vpn = 7,
    /**
     * A proxy, by a list of the operator.
     */
    Proxy = 8,
}

/**
 * The part of a revocation that terminates a session.
 */
export enum RevokedBy {
    /**
     * None.
     */
    Nothing = 0,
    /**
     * Its number, which the login did not know of.
     */
    Number = 1,
    /**
     * Its instant, which is later than the login.
     */
    Instant = 2,
}

/**
 * The place of a user's row in a sweep.
 */
export enum SweepTurn {
    /**
     * The row terminates nothing.
     */
    Never = 0,
    /**
     * It goes before the row of everyone.
     */
    Before = 1,
    /**
     * It goes after the row of everyone.
     */
    After = 2,
}

/**
 * The flags of `checkRequest`. Exactly one of `Allow`, `Expired`, `Terminated`, `Idle` and `Revoked` is set. The
 * others are set with `Allow` only.
 */
export enum Verdict {
    /**
     * The request is allowed.
     */
    Allow = 1,
    /**
     * The caller stores "last seen".
     */
    Touch = 2,
    /**
     * The session was inactive and is active again.
     */
    Reactivated = 4,
    /**
     * Refused: the session has reached the absolute timeout. The caller terminates it.
     */
    Expired = 8,
    /**
     * Refused: the session is terminated.
     */
    Terminated = 16,
    /**
     * Refused: the session was idle for too long. The caller terminates it.
     */
    Idle = 32,
    /**
     * Refused: the session began before the not-before instant. The caller terminates it for the reason of the
     * instant.
     */
    Revoked = 64,
}

export function __wbg_reset_state(): void;

/**
 * Decides on a session by the account of its user, `null` if the user does not exist.
 *
 * `bound` is the fingerprint that the session is bound to; `null` for a session from before the binding. Throws
 * `invalid_argument`.
 */
export function decideAccount(bound: string | null, account: Account | null): AccountDecision;

/**
 * Decides on a token from before the plugin by one revocation of its user, or of everyone.
 *
 * `issuedAtMs` is `null` if the token does not tell; such a token may be of any age. `notBeforeMs` is the instant of the
 * revocation, 0 without any, and `writtenAtMs` the time at which its row was last written. Throws `invalid_time`.
 */
export function decideAdoption(issuedAtMs: number | null, notBeforeMs: number, writtenAtMs: number): Adoption;

/**
 * Decides on a token that is about to be issued.
 *
 * A request that proved who the user is (`isLogin`) begins a session whatever it carries. Throws `invalid_argument` for
 * a value that is not a truth value.
 */
export function decideIssue(isLogin: boolean, carriesLive: boolean, carriesTerminated: boolean): IssueDecision;

/**
 * Decides whether an occurrence is allowed now under a quota.
 *
 * `tat` is the stored one, or undefined. If the `tat` of the decision differs from it, store it by compare-and-set,
 * and decide again if another writer was faster. `shares` is the number of instances that count apart. Throws `invalid_argument` or `invalid_time`.
 */
export function decideQuota(quota: Quota, tat: Tat | null | undefined, shares: number, nowMs: number): QuotaDecision;

/**
 * Describes every option: name, kind, unit, default, bounds or choices, and an English text.
 */
export function describeSettings(): SettingDescription[];

/**
 * Says what the limits of failed logins mean, by a simulation of a day of attack.
 *
 * Throws `invalid_setting`.
 */
export function forecastLogins(settings: Settings): LoginForecast;

/**
 * Generates an encryption key: 32 random bytes in base64.
 */
export function generateKey(): string;

/**
 * Returns the changes that a sweep at `nowMs` and the next clean-up under some settings would make to stored sessions.
 *
 * `cleanUpAtMs` is `null` if no clean-up is planned. Takes columns of equal length. Throws `invalid_setting`, `invalid_argument` or `invalid_time`.
 */
export function impact(settings: Settings, sessions: SessionColumns, nowMs: number, cleanUpAtMs: number | null): Impact;

/**
 * Returns whether a token of an identity provider that names no session comes from a login after a terminated session.
 *
 * `issuedAtMs` is `null` if the token does not tell; `terminatedAtMs` if the session is not terminated. Throws
 * `invalid_time`.
 */
export function isLaterLogin(issuedAtMs: number | null, terminatedAtMs: number | null): boolean;

/**
 * Returns the id of the key that an envelope names, or `null` if the text is not an envelope. The envelope is not
 * opened.
 *
 * Throws `invalid_argument` for a value that is not a text.
 */
export function keyIdOf(envelope: string): string | null;

/**
 * Returns where a login comes from: `known:` and the first of its places at which the user has logged in, or `unknown`.
 *
 * `places` are its places, the most certain one first, and `known` those of the user. Throws `invalid_argument`.
 */
export function loginOrigin(places: readonly string[], known: readonly string[]): string;

/**
 * Reads the configuration of the plugin and completes it with the defaults.
 *
 * Takes the object of the configuration, or undefined. Throws `invalid_setting` with one line that names the option,
 * the value (never a key) and the values allowed.
 */
export function parseSettings(raw: any): Settings;

/**
 * Fingerprints the stored hash of a password, without a key. A session is bound to the fingerprint that its login
 * read.
 *
 * `passwordHash` is `null` for a user without a password. Throws `invalid_argument`.
 */
export function passwordFingerprint(passwordHash: string | null): string;

/**
 * Returns the instant since which a place is known if the user has logged in there, in Unix milliseconds.
 *
 * Throws `invalid_time`.
 */
export function placesKnownSinceMs(nowMs: number): number;

/**
 * Returns whether a terminated session ended with its tokens alone: a refresh may continue it in a new session.
 *
 * Times are `null` where there is none. Throws `invalid_time`.
 */
export function ranOut(expiresAtMs: number | null, terminatedAtMs: number | null): boolean;

/**
 * Returns which part of a revocation of its user, or of everyone, terminates a session.
 *
 * `notBeforeMs` is the instant of the revocation, 0 without any, and `revocation` its number, 0 without any.
 * `knownRevocation` is the number of the newest revocation before the login read the user. Throws `invalid_argument` or
 * `invalid_time`.
 */
export function revokedBy(notBeforeMs: number, revocation: number, loggedInAtMs: number, knownRevocation: number): RevokedBy;

/**
 * Returns the number of seals at which a key should be replaced, over all cores and restarts.
 *
 * It is 2^31: half of the limit of SP 800-38D §8.3 for random nonces.
 */
export function sealCountToWarnAt(): number;

/**
 * Fingerprints a text of an answer or a request if it may be a secret, without a key; else returns `null`.
 *
 * A secret has 20 to 4096 characters, all of them letters and digits of ASCII and `-._~+/=:|`, without `://`. Throws
 * `invalid_argument` for a value that is not a text.
 */
export function secretFingerprint(text: string): string | null;

/**
 * Derives the session id of something that was issued without one. It is always the same for the same text.
 *
 * `source` tells what the text is: the signing input of a `token`, which is header, dot and payload; a `refreshToken`;
 * the name of a session of an identity `provider`; or that of an `import`ed one. Throws `invalid_argument`.
 */
export function sessionIdFor(source: IdSource, text: string): string;

/**
 * Simulates a script under some settings, and then lets time pass until every session is terminated.
 *
 * A sweep runs as soon as it has something to change; a real sweep runs once a minute. A script has at most 100,000
 * requests and 1,000 logins. Throws `invalid_setting`, `invalid_argument` or `invalid_time`.
 */
export function simulate(settings: Settings, script: readonly ScriptStep[], startMs: number): Timeline;

/**
 * Returns when a sweep takes the row of a user by its value: its instant or its number, 0 without any.
 *
 * `ofEveryone` is that value in the row of everyone. A session that both terminate gets the reason of the higher one.
 * Throws `invalid_argument`.
 */
export function sweepTurn(value: number, ofEveryone: number): SweepTurn;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_core_free: (a: number, b: number) => void;
    readonly __wbg_geography_free: (a: number, b: number) => void;
    readonly core_checkRequest: (a: number, b: number, c: any, d: number, e: number, f: number, g: number, h: number) => void;
    readonly core_clientOf: (a: number, b: number, c: any, d: any) => void;
    readonly core_countFailure: (a: number, b: number, c: any, d: any, e: any, f: any) => void;
    readonly core_decideLimit: (a: number, b: number, c: any, d: any, e: any, f: any, g: any) => void;
    readonly core_decideLogin: (a: number, b: number, c: any, d: any, e: any, f: any) => void;
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
    readonly core_setSealTotal: (a: number, b: number, c: any) => void;
    readonly core_settleLogin: (a: number, b: number, c: any, d: any, e: any, f: any, g: any) => void;
    readonly core_sweepPlan: (a: number, b: number, c: any) => void;
    readonly core_touchPeriodMs: (a: number) => number;
    readonly core_transition: (a: number, b: number, c: any, d: any, e: any) => void;
    readonly decideAccount: (a: number, b: any, c: any) => void;
    readonly decideAdoption: (a: number, b: any, c: any, d: any) => void;
    readonly decideIssue: (a: number, b: any, c: any, d: any) => void;
    readonly decideQuota: (a: number, b: any, c: any, d: any, e: any) => void;
    readonly describeSettings: (a: number) => void;
    readonly forecastLogins: (a: number, b: any) => void;
    readonly generateKey: (a: number) => void;
    readonly geography_addToList: (a: number, b: number, c: any) => void;
    readonly geography_finishList: (a: number, b: number, c: any) => void;
    readonly geography_locate: (a: number, b: number, c: any) => void;
    readonly geography_new: (a: number, b: any) => void;
    readonly geography_startList: (a: number) => void;
    readonly impact: (a: number, b: any, c: any, d: any, e: any) => void;
    readonly isLaterLogin: (a: number, b: any, c: any) => void;
    readonly keyIdOf: (a: number, b: any) => void;
    readonly loginOrigin: (a: number, b: any, c: any) => void;
    readonly parseSettings: (a: number, b: any) => void;
    readonly passwordFingerprint: (a: number, b: any) => void;
    readonly placesKnownSinceMs: (a: number, b: any) => void;
    readonly ranOut: (a: number, b: any, c: any) => void;
    readonly revokedBy: (a: number, b: any, c: any, d: any, e: any) => void;
    readonly sealCountToWarnAt: () => number;
    readonly secretFingerprint: (a: number, b: any) => void;
    readonly sessionIdFor: (a: number, b: any, c: any) => void;
    readonly simulate: (a: number, b: any, c: any, d: any) => void;
    readonly sweepTurn: (a: number, b: any, c: any) => void;
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
