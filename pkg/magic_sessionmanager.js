/* @ts-self-types="./magic_sessionmanager.d.ts" */

/**
 * The decision on a token from before the plugin, by one revocation of its user or of everyone.
 * @enum {0 | 1 | 2}
 */
export const Adoption = Object.freeze({
    /**
     * The token is refused.
     */
    Refuse: 0, "0": "Refuse",
    /**
     * Its session does not know of the revocation.
     */
    Unaware: 1, "1": "Unaware",
    /**
     * Its session knows of the revocation.
     */
    Aware: 2, "2": "Aware",
});

/**
 * Decides and seals for one set of settings and one keyring. The keys stay in memory until `free()`.
 */
export class Core {
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        CoreFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        if (this.__wbg_inst !== __wbg_instance_id) return;
        __wbg_call_guard();
        wasm.__wbg_core_free(ptr, 0);

    }
    /**
     * Checks one request and returns flags of `Verdict`.
     *
     * `state`: 0 active, 1 inactive, 2 terminated. Times are whole milliseconds since the epoch; anything else throws
     * `invalid_time`. `notBeforeMs` is the later of the user's and the global not-before instant, 0 without any. While
     * the clock stands before a time, that time makes no session expired or idle, and no write due; but a login further
     * ahead than the absolute timeout is expired.
     * @param {number} state
     * @param {number} loggedInAtMs
     * @param {number} lastSeenAtMs
     * @param {number} lastTouchedAtMs
     * @param {number} notBeforeMs
     * @param {number} nowMs
     * @returns {number}
     */
    checkRequest(state, loggedInAtMs, lastSeenAtMs, lastTouchedAtMs, notBeforeMs, nowMs) {
        try {
            if (typeof loggedInAtMs !== 'number') loggedInAtMs = NaN;
            if (typeof lastSeenAtMs !== 'number') lastSeenAtMs = NaN;
            if (typeof lastTouchedAtMs !== 'number') lastTouchedAtMs = NaN;
            if (typeof notBeforeMs !== 'number') notBeforeMs = NaN;
            if (typeof nowMs !== 'number') nowMs = NaN;
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_checkRequest(retptr, this.__wbg_ptr, state, loggedInAtMs, lastSeenAtMs, lastTouchedAtMs, notBeforeMs, nowMs);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return r0 >>> 0;
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Returns the client of a request: its address, the place that it logs in from, and the networks that its failed
     * logins are counted for.
     *
     * `peer` is the address of the connection, as Strapi tells it. `forwardedFor` is the header `X-Forwarded-For`, which
     * counts only if the peer is in a trusted network. Throws `invalid_argument` for a value that is not a text.
     * @param {string} peer
     * @param {string} forwardedFor
     * @returns {Client}
     */
    clientOf(peer, forwardedFor) {
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_clientOf(retptr, this.__wbg_ptr, peer, forwardedFor);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return takeFromExternrefTable0(r0);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Counts a failed login for networks and names.
     *
     * Each of the `states` is a subject, or a subject, a blank and its stored allowance. `take` counts an attempt before
     * it is made, `force` after it has failed, and `give-back` takes one back that has not failed. Store the allowances of
     * the decision by compare-and-set. `shares` is the number of instances that count apart. Throws `invalid_argument`
     * or `invalid_time`.
     * @param {readonly string[]} states
     * @param {'take' | 'force' | 'give-back'} how
     * @param {number} shares
     * @param {number} nowMs
     * @returns {FailureDecision}
     */
    countFailure(states, how, shares, nowMs) {
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_countFailure(retptr, this.__wbg_ptr, states, how, shares, nowMs);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return takeFromExternrefTable0(r0);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Decides on a login by the sessions of its user that are not terminated, the new one among them.
     *
     * `sessionId` is that of the new one. It need not be among them, if others have evicted it. `notBeforeMs` and
     * `revocation` are the later instant and the higher number of the revocations of the user and of everyone, 0 without
     * any. Throws `invalid_argument` or `invalid_time`.
     * @param {readonly LiveSession[]} live
     * @param {string} sessionId
     * @param {number} notBeforeMs
     * @param {number} revocation
     * @param {number} nowMs
     * @returns {LimitDecision}
     */
    decideLimit(live, sessionId, notBeforeMs, revocation, nowMs) {
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_decideLimit(retptr, this.__wbg_ptr, live, sessionId, notBeforeMs, revocation, nowMs);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return takeFromExternrefTable0(r0);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Decides whether a password may be compared, by the record of the account.
     *
     * `origin` is `unknown`, or `known:` or `session:` with a name. Store the record of the decision by
     * compare-and-set before the password is compared, and decide again if another writer was faster. `concurrent` tells
     * whether this process has another attempt from there under way. Throws `invalid_argument` or `invalid_time`.
     * @param {string | null} record
     * @param {string} origin
     * @param {boolean} concurrent
     * @param {number} nowMs
     * @returns {LoginDecision}
     */
    decideLogin(record, origin, concurrent, nowMs) {
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_decideLogin(retptr, this.__wbg_ptr, record, origin, concurrent, nowMs);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return takeFromExternrefTable0(r0);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Decides on a refresh token of a session that is not terminated.
     *
     * `rotation` is undefined while the token has not been exchanged. Throws `invalid_argument` or `invalid_time`.
     * @param {Rotation | undefined} rotation
     * @param {number} nowMs
     * @returns {RefreshDecision}
     */
    decideRefresh(rotation, nowMs) {
        let deferred2_0;
        let deferred2_1;
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_decideRefresh(retptr, this.__wbg_ptr, rotation, nowMs);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
            var ptr1 = r0;
            var len1 = r1;
            if (r3) {
                ptr1 = 0; len1 = 0;
                throw takeFromExternrefTable0(r2);
            }
            deferred2_0 = ptr1;
            deferred2_1 = len1;
            return getStringFromWasm0(ptr1, len1);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
            __wbg_call_guard();
            wasm.__wbindgen_export3(deferred2_0, deferred2_1, 1);
        }
    }
    /**
     * Returns the fingerprint of a token, which finds it without storing it: 43 characters of URL-safe base64.
     * @param {string} token
     * @returns {string}
     */
    fingerprint(token) {
        let deferred2_0;
        let deferred2_1;
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_fingerprint(retptr, this.__wbg_ptr, token);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
            var ptr1 = r0;
            var len1 = r1;
            if (r3) {
                ptr1 = 0; len1 = 0;
                throw takeFromExternrefTable0(r2);
            }
            deferred2_0 = ptr1;
            deferred2_1 = len1;
            return getStringFromWasm0(ptr1, len1);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
            __wbg_call_guard();
            wasm.__wbindgen_export3(deferred2_0, deferred2_1, 1);
        }
    }
    /**
     * Returns the id of the primary key: 12 lower-case hex digits.
     * @returns {string}
     */
    keyId() {
        let deferred1_0;
        let deferred1_1;
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_keyId(retptr, this.__wbg_ptr);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            deferred1_0 = r0;
            deferred1_1 = r1;
            return getStringFromWasm0(r0, r1);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
            __wbg_call_guard();
            wasm.__wbindgen_export3(deferred1_0, deferred1_1, 1);
        }
    }
    /**
     * Returns the kind of key that an envelope was sealed under, by its key id. The envelope is not opened.
     *
     * Throws `invalid_argument` for a value that is not a text.
     * @param {string} envelope
     * @returns {KeyState}
     */
    keyStateOf(envelope) {
        let deferred2_0;
        let deferred2_1;
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_keyStateOf(retptr, this.__wbg_ptr, envelope);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
            var ptr1 = r0;
            var len1 = r1;
            if (r3) {
                ptr1 = 0; len1 = 0;
                throw takeFromExternrefTable0(r2);
            }
            deferred2_0 = ptr1;
            deferred2_1 = len1;
            return getStringFromWasm0(ptr1, len1);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
            __wbg_call_guard();
            wasm.__wbindgen_export3(deferred2_0, deferred2_1, 1);
        }
    }
    /**
     * Generates a session id: 128 random bits as 32 lower-case hex digits.
     * @returns {string}
     */
    newSessionId() {
        let deferred2_0;
        let deferred2_1;
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_newSessionId(retptr, this.__wbg_ptr);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
            var ptr1 = r0;
            var len1 = r1;
            if (r3) {
                ptr1 = 0; len1 = 0;
                throw takeFromExternrefTable0(r2);
            }
            deferred2_0 = ptr1;
            deferred2_1 = len1;
            return getStringFromWasm0(ptr1, len1);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
            __wbg_call_guard();
            wasm.__wbindgen_export3(deferred2_0, deferred2_1, 1);
        }
    }
    /**
     * Creates a core for these settings and keys. Throws `invalid_setting`, `invalid_key` or `invalid_argument`.
     * @param {Settings} settings
     * @param {KeySource} key
     */
    constructor(settings, key) {
        try {
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_new(retptr, settings, key);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            this.__wbg_ptr = r0;
            Object.defineProperty(this, '__wbg_inst', { value: __wbg_instance_id, writable: true });
            CoreFinalization.register(this, { ptr: r0, instance: __wbg_instance_id }, this);
            return this;
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Opens an envelope of exactly this session and column.
     *
     * Throws `invalid_argument`, or `open_failed`, which is the same for every cause.
     * @param {string} sessionId
     * @param {TokenField} field
     * @param {string} envelope
     * @returns {string}
     */
    open(sessionId, field, envelope) {
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_open(retptr, this.__wbg_ptr, sessionId, field, envelope);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return takeFromExternrefTable0(r0);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Opens an envelope of exactly this session and column, and seals its token again under the primary key.
     *
     * Throws the errors of `open` and `seal`.
     * @param {string} sessionId
     * @param {TokenField} field
     * @param {string} envelope
     * @returns {string}
     */
    reseal(sessionId, field, envelope) {
        let deferred2_0;
        let deferred2_1;
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_reseal(retptr, this.__wbg_ptr, sessionId, field, envelope);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
            var ptr1 = r0;
            var len1 = r1;
            if (r3) {
                ptr1 = 0; len1 = 0;
                throw takeFromExternrefTable0(r2);
            }
            deferred2_0 = ptr1;
            deferred2_1 = len1;
            return getStringFromWasm0(ptr1, len1);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
            __wbg_call_guard();
            wasm.__wbindgen_export3(deferred2_0, deferred2_1, 1);
        }
    }
    /**
     * Returns the number of seals of this core under its primary key. The caller adds up all cores.
     * @returns {number}
     */
    sealCount() {
        if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
            throw new Error('Invalid stale object from previous Wasm instance');
        }
        let ret;
        __wbg_call_guard();
        ret = wasm.core_sealCount(this.__wbg_ptr);
        return ret;
    }
    /**
     * Seals a token for one session and one column.
     *
     * Throws `invalid_argument`, `entropy_unavailable` or, after 2^32 seals under the key, `key_exhausted`.
     * @param {string} sessionId
     * @param {TokenField} field
     * @param {string} token
     * @returns {string}
     */
    seal(sessionId, field, token) {
        let deferred2_0;
        let deferred2_1;
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_seal(retptr, this.__wbg_ptr, sessionId, field, token);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
            var ptr1 = r0;
            var len1 = r1;
            if (r3) {
                ptr1 = 0; len1 = 0;
                throw takeFromExternrefTable0(r2);
            }
            deferred2_0 = ptr1;
            deferred2_1 = len1;
            return getStringFromWasm0(ptr1, len1);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
            __wbg_call_guard();
            wasm.__wbindgen_export3(deferred2_0, deferred2_1, 1);
        }
    }
    /**
     * Tells this core the number of seals of all cores under its primary key, and returns how far the key is used up.
     *
     * At 2^31 the key should be replaced; at 2^32 this core seals no more (SP 800-38D §8.3). Throws `invalid_argument`.
     * @param {number} total
     * @returns {KeyWear}
     */
    setSealTotal(total) {
        let deferred2_0;
        let deferred2_1;
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_setSealTotal(retptr, this.__wbg_ptr, total);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
            var ptr1 = r0;
            var len1 = r1;
            if (r3) {
                ptr1 = 0; len1 = 0;
                throw takeFromExternrefTable0(r2);
            }
            deferred2_0 = ptr1;
            deferred2_1 = len1;
            return getStringFromWasm0(ptr1, len1);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
            __wbg_call_guard();
            wasm.__wbindgen_export3(deferred2_0, deferred2_1, 1);
        }
    }
    /**
     * Returns the record after a granted attempt, or after the password was changed; `null` if it is unchanged.
     *
     * `reserved` tells whether the decision had a record to store. Throws `invalid_argument` or `invalid_time`.
     * @param {string | null} record
     * @param {string} origin
     * @param {boolean} reserved
     * @param {LoginOutcome} outcome
     * @param {number} nowMs
     * @returns {StoredLogin | null}
     */
    settleLogin(record, origin, reserved, outcome, nowMs) {
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_settleLogin(retptr, this.__wbg_ptr, record, origin, reserved, outcome, nowMs);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return takeFromExternrefTable0(r0);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Plans a sweep of the stored sessions. Throws `invalid_time`.
     * @param {number} nowMs
     * @returns {SweepPlan}
     */
    sweepPlan(nowMs) {
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_sweepPlan(retptr, this.__wbg_ptr, nowMs);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return takeFromExternrefTable0(r0);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Returns the shortest time between two writes of "last seen" for one session, in milliseconds.
     *
     * It is `lastSeenRateLimit`, or a quarter of `inactivityTimeout` if that is less; a tenth where idle sessions are
     * terminated.
     * @returns {number}
     */
    touchPeriodMs() {
        if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
            throw new Error('Invalid stale object from previous Wasm instance');
        }
        let ret;
        __wbg_call_guard();
        ret = wasm.core_touchPeriodMs(this.__wbg_ptr);
        return ret;
    }
    /**
     * Applies an event to a session and returns the new state with the effects for the caller.
     *
     * `session` is undefined if it does not exist. Throws `invalid_argument` or `invalid_time`.
     * @param {SessionSnapshot | undefined} session
     * @param {SessionEvent} event
     * @param {number} nowMs
     * @returns {Transition}
     */
    transition(session, event, nowMs) {
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.core_transition(retptr, this.__wbg_ptr, session, event, nowMs);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return takeFromExternrefTable0(r0);
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
}
if (Symbol.dispose) Core.prototype[Symbol.dispose] = Core.prototype.free;

/**
 * The countries of networks, the networks of hosting companies, and the lists of the operator.
 */
export class Geography {
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        GeographyFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        if (this.__wbg_inst !== __wbg_instance_id) return;
        __wbg_call_guard();
        wasm.__wbg_geography_free(ptr, 0);

    }
    /**
     * Adds whole lines to the list that is being read, and returns how many of them have no network.
     *
     * A line has a network, an address, or the first and the last address of a range at its start; anything behind a comma,
     * a blank or a `#` is left out. `text` takes
     * 65,536 UTF-16 code units. Throws `invalid_argument`, also for more than a million networks.
     * @param {string} text
     * @returns {number}
     */
    addToList(text) {
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.geography_addToList(retptr, this.__wbg_ptr, text);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return r0 >>> 0;
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Lets the list that was read replace that of a kind, and returns how many ranges without a gap it has.
     *
     * An address in several lists has the first of the kinds `"relay"`, `"tor"`, `"vpn"`, `"proxy"` and `"hosting"`. Throws
     * `invalid_argument` for another kind, and for a list without a network, which then replaces nothing.
     * @param {ListKind} kind
     * @returns {number}
     */
    finishList(kind) {
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.geography_finishList(retptr, this.__wbg_ptr, kind);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return r0 >>> 0;
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Returns the country and the kind of the network that an address belongs to, as one number.
     *
     * `address` is written as a connection or a proxy writes it. The lowest byte of the number is a `NetworkKind`, and the
     * two bytes above it are the letters of the country (ISO 3166-1), the first one lower; 0 where it is not known. Throws
     * `invalid_argument` for a value that is not a text.
     * @param {string} address
     * @returns {number}
     */
    locate(address) {
        try {
            if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
                throw new Error('Invalid stale object from previous Wasm instance');
            }
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.geography_locate(retptr, this.__wbg_ptr, address);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            return r0 >>> 0;
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Reads the two tables that `npm run build:geo` makes, and keeps a copy of them. An empty one knows no network.
     *
     * Throws `invalid_argument` for a table that is damaged, or of another version.
     * @param {GeographyTables} tables
     */
    constructor(tables) {
        try {
            const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
            __wbg_call_guard();
            wasm.geography_new(retptr, tables);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeFromExternrefTable0(r1);
            }
            this.__wbg_ptr = r0;
            Object.defineProperty(this, '__wbg_inst', { value: __wbg_instance_id, writable: true });
            GeographyFinalization.register(this, { ptr: r0, instance: __wbg_instance_id }, this);
            return this;
        } finally {
            wasm.__wbindgen_add_to_stack_pointer(16);
        }
    }
    /**
     * Begins to read a list of networks. What was read of another one is dropped.
     */
    startList() {
        if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
            throw new Error('Invalid stale object from previous Wasm instance');
        }
        __wbg_call_guard();
        wasm.geography_startList(this.__wbg_ptr);
    }
}
if (Symbol.dispose) Geography.prototype[Symbol.dispose] = Geography.prototype.free;

/**
 * The decision on a token that is about to be issued.
 * @enum {0 | 1 | 2}
 */
export const IssueDecision = Object.freeze({
    /**
     * It begins a session.
     */
    Begin: 0, "0": "Begin",
    /**
     * It belongs to the live session that the request carries.
     */
    Continue: 1, "1": "Continue",
    /**
     * It is refused, because the request carries a terminated session.
     */
    Refuse: 2, "2": "Refuse",
});

/**
 * The kind of a network.
 * @enum {0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}
 */
export const NetworkKind = Object.freeze({
    /**
     * That of a company that rents out servers.
     */
    Hosting: 0, "0": "Hosting",
    /**
     * One that is no part of the internet.
     */
    Private: 1, "1": "Private",
    /**
     * That of an address that no client on the internet has.
     */
    Reserved: 2, "2": "Reserved",
    /**
     * Any other network of the internet.
     */
    Other: 3, "3": "Other",
    /**
     * The text is no address.
     */
    Unknown: 4, "4": "Unknown",
    /**
     * A relay that hides an address but keeps the country, by a list of the operator.
     */
    Relay: 5, "5": "Relay",
    /**
     * An exit of Tor, by a list of the operator.
     */
    Tor: 6, "6": "Tor",
    /**
     * A virtual private network, by a list of the operator.
     */
    Vpn: 7, "7": "Vpn",
    /**
     * A proxy, by a list of the operator.
     */
    Proxy: 8, "8": "Proxy",
});

/**
 * The part of a revocation that terminates a session.
 * @enum {0 | 1 | 2}
 */
export const RevokedBy = Object.freeze({
    /**
     * None.
     */
    Nothing: 0, "0": "Nothing",
    /**
     * Its number, which the login did not know of.
     */
    Number: 1, "1": "Number",
    /**
     * Its instant, which is later than the login.
     */
    Instant: 2, "2": "Instant",
});

/**
 * The place of a user's row in a sweep.
 * @enum {0 | 1 | 2}
 */
export const SweepTurn = Object.freeze({
    /**
     * The row terminates nothing.
     */
    Never: 0, "0": "Never",
    /**
     * It goes before the row of everyone.
     */
    Before: 1, "1": "Before",
    /**
     * It goes after the row of everyone.
     */
    After: 2, "2": "After",
});

/**
 * The flags of `checkRequest`. Exactly one of `Allow`, `Expired`, `Terminated`, `Idle` and `Revoked` is set. The
 * others are set with `Allow` only.
 * @enum {1 | 2 | 4 | 8 | 16 | 32 | 64}
 */
export const Verdict = Object.freeze({
    /**
     * The request is allowed.
     */
    Allow: 1, "1": "Allow",
    /**
     * The caller stores "last seen".
     */
    Touch: 2, "2": "Touch",
    /**
     * The session was inactive and is active again.
     */
    Reactivated: 4, "4": "Reactivated",
    /**
     * Refused: the session has reached the absolute timeout. The caller terminates it.
     */
    Expired: 8, "8": "Expired",
    /**
     * Refused: the session is terminated.
     */
    Terminated: 16, "16": "Terminated",
    /**
     * Refused: the session was idle for too long. The caller terminates it.
     */
    Idle: 32, "32": "Idle",
    /**
     * Refused: the session began before the not-before instant. The caller terminates it for the reason of the
     * instant.
     */
    Revoked: 64, "64": "Revoked",
});

export function __wbg_reset_state () {
    __wbg_instance_id++;
    cachedDataViewMemory0 = null;
    cachedFloat64ArrayMemory0 = null;
    cachedUint32ArrayMemory0 = null;
    cachedUint8ArrayMemory0 = null;
    if (typeof numBytesDecoded !== 'undefined') numBytesDecoded = 0;
    if (typeof WASM_VECTOR_LEN !== 'undefined') WASM_VECTOR_LEN = 0;
    __wbg_reinit_scheduled = false;
    wasmInstance = new WebAssembly.Instance(wasmModule, __wbg_get_imports());
    wasm = wasmInstance.exports;
    wasm.__wbindgen_start();
}

/**
 * Decides on a session by the account of its user, `null` if the user does not exist.
 *
 * `bound` is the fingerprint that the session is bound to; `null` for a session from before the binding. Throws
 * `invalid_argument`.
 * @param {string | null} bound
 * @param {Account | null} account
 * @returns {AccountDecision}
 */
export function decideAccount(bound, account) {
    let deferred2_0;
    let deferred2_1;
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.decideAccount(retptr, bound, account);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
        var ptr1 = r0;
        var len1 = r1;
        if (r3) {
            ptr1 = 0; len1 = 0;
            throw takeFromExternrefTable0(r2);
        }
        deferred2_0 = ptr1;
        deferred2_1 = len1;
        return getStringFromWasm0(ptr1, len1);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
        __wbg_call_guard();
        wasm.__wbindgen_export3(deferred2_0, deferred2_1, 1);
    }
}

/**
 * Decides on a token from before the plugin by one revocation of its user, or of everyone.
 *
 * `issuedAtMs` is `null` if the token does not tell; such a token may be of any age. `notBeforeMs` is the instant of the
 * revocation, 0 without any, and `writtenAtMs` the time at which its row was last written. Throws `invalid_time`.
 * @param {number | null} issuedAtMs
 * @param {number} notBeforeMs
 * @param {number} writtenAtMs
 * @returns {Adoption}
 */
export function decideAdoption(issuedAtMs, notBeforeMs, writtenAtMs) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.decideAdoption(retptr, issuedAtMs, notBeforeMs, writtenAtMs);
        var r0 = getDataViewMemory0().getFloat64(retptr + 8 * 0, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
        if (r3) {
            throw takeFromExternrefTable0(r2);
        }
        return r0;
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Decides on a token that is about to be issued.
 *
 * A request that proved who the user is (`isLogin`) begins a session whatever it carries. Throws `invalid_argument` for
 * a value that is not a truth value.
 * @param {boolean} isLogin
 * @param {boolean} carriesLive
 * @param {boolean} carriesTerminated
 * @returns {IssueDecision}
 */
export function decideIssue(isLogin, carriesLive, carriesTerminated) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.decideIssue(retptr, isLogin, carriesLive, carriesTerminated);
        var r0 = getDataViewMemory0().getFloat64(retptr + 8 * 0, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
        if (r3) {
            throw takeFromExternrefTable0(r2);
        }
        return r0;
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Decides whether an occurrence is allowed now under a quota.
 *
 * `tat` is the stored one, or undefined. If the `tat` of the decision differs from it, store it by compare-and-set,
 * and decide again if another writer was faster. `shares` is the number of instances that count apart. Throws `invalid_argument` or `invalid_time`.
 * @param {Quota} quota
 * @param {Tat | null | undefined} tat
 * @param {number} shares
 * @param {number} nowMs
 * @returns {QuotaDecision}
 */
export function decideQuota(quota, tat, shares, nowMs) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.decideQuota(retptr, quota, tat, shares, nowMs);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        if (r2) {
            throw takeFromExternrefTable0(r1);
        }
        return takeFromExternrefTable0(r0);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Describes every option: name, kind, unit, default, bounds or choices, and an English text.
 * @returns {SettingDescription[]}
 */
export function describeSettings() {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.describeSettings(retptr);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        if (r2) {
            throw takeFromExternrefTable0(r1);
        }
        return takeFromExternrefTable0(r0);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Says what the limits of failed logins mean, by a simulation of a day of attack.
 *
 * Throws `invalid_setting`.
 * @param {Settings} settings
 * @returns {LoginForecast}
 */
export function forecastLogins(settings) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.forecastLogins(retptr, settings);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        if (r2) {
            throw takeFromExternrefTable0(r1);
        }
        return takeFromExternrefTable0(r0);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Generates an encryption key: 32 random bytes in base64.
 * @returns {string}
 */
export function generateKey() {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.generateKey(retptr);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        if (r2) {
            throw takeFromExternrefTable0(r1);
        }
        return takeFromExternrefTable0(r0);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Returns the changes that a sweep at `nowMs` and the next clean-up under some settings would make to stored sessions.
 *
 * `cleanUpAtMs` is `null` if no clean-up is planned. Takes columns of equal length. Throws `invalid_setting`, `invalid_argument` or `invalid_time`.
 * @param {Settings} settings
 * @param {SessionColumns} sessions
 * @param {number} nowMs
 * @param {number | null} cleanUpAtMs
 * @returns {Impact}
 */
export function impact(settings, sessions, nowMs, cleanUpAtMs) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.impact(retptr, settings, sessions, nowMs, cleanUpAtMs);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        if (r2) {
            throw takeFromExternrefTable0(r1);
        }
        return takeFromExternrefTable0(r0);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Returns whether a token of an identity provider that names no session comes from a login after a terminated session.
 *
 * `issuedAtMs` is `null` if the token does not tell; `terminatedAtMs` if the session is not terminated. Throws
 * `invalid_time`.
 * @param {number | null} issuedAtMs
 * @param {number | null} terminatedAtMs
 * @returns {boolean}
 */
export function isLaterLogin(issuedAtMs, terminatedAtMs) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.isLaterLogin(retptr, issuedAtMs, terminatedAtMs);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        if (r2) {
            throw takeFromExternrefTable0(r1);
        }
        return r0 !== 0;
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Returns the id of the key that an envelope names, or `null` if the text is not an envelope. The envelope is not
 * opened.
 *
 * Throws `invalid_argument` for a value that is not a text.
 * @param {string} envelope
 * @returns {string | null}
 */
export function keyIdOf(envelope) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.keyIdOf(retptr, envelope);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        if (r2) {
            throw takeFromExternrefTable0(r1);
        }
        return takeFromExternrefTable0(r0);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Returns where a login comes from: `known:` and the first of its places at which the user has logged in, or `unknown`.
 *
 * `places` are its places, the most certain one first, and `known` those of the user. Throws `invalid_argument`.
 * @param {readonly string[]} places
 * @param {readonly string[]} known
 * @returns {string}
 */
export function loginOrigin(places, known) {
    let deferred2_0;
    let deferred2_1;
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.loginOrigin(retptr, places, known);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
        var ptr1 = r0;
        var len1 = r1;
        if (r3) {
            ptr1 = 0; len1 = 0;
            throw takeFromExternrefTable0(r2);
        }
        deferred2_0 = ptr1;
        deferred2_1 = len1;
        return getStringFromWasm0(ptr1, len1);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
        __wbg_call_guard();
        wasm.__wbindgen_export3(deferred2_0, deferred2_1, 1);
    }
}

/**
 * Reads the configuration of the plugin and completes it with the defaults.
 *
 * Takes the object of the configuration, or undefined. Throws `invalid_setting` with one line that names the option,
 * the value (never a key) and the values allowed.
 * @param {any} raw
 * @returns {Settings}
 */
export function parseSettings(raw) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.parseSettings(retptr, raw);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        if (r2) {
            throw takeFromExternrefTable0(r1);
        }
        return takeFromExternrefTable0(r0);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Fingerprints the stored hash of a password, without a key. A session is bound to the fingerprint that its login
 * read.
 *
 * `passwordHash` is `null` for a user without a password. Throws `invalid_argument`.
 * @param {string | null} passwordHash
 * @returns {string}
 */
export function passwordFingerprint(passwordHash) {
    let deferred2_0;
    let deferred2_1;
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.passwordFingerprint(retptr, passwordHash);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
        var ptr1 = r0;
        var len1 = r1;
        if (r3) {
            ptr1 = 0; len1 = 0;
            throw takeFromExternrefTable0(r2);
        }
        deferred2_0 = ptr1;
        deferred2_1 = len1;
        return getStringFromWasm0(ptr1, len1);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
        __wbg_call_guard();
        wasm.__wbindgen_export3(deferred2_0, deferred2_1, 1);
    }
}

/**
 * Returns the instant since which a place is known if the user has logged in there, in Unix milliseconds.
 *
 * Throws `invalid_time`.
 * @param {number} nowMs
 * @returns {number}
 */
export function placesKnownSinceMs(nowMs) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.placesKnownSinceMs(retptr, nowMs);
        var r0 = getDataViewMemory0().getFloat64(retptr + 8 * 0, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
        if (r3) {
            throw takeFromExternrefTable0(r2);
        }
        return r0;
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Returns whether a terminated session ended with its tokens alone: a refresh may continue it in a new session.
 *
 * Times are `null` where there is none. Throws `invalid_time`.
 * @param {number | null} expiresAtMs
 * @param {number | null} terminatedAtMs
 * @returns {boolean}
 */
export function ranOut(expiresAtMs, terminatedAtMs) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.ranOut(retptr, expiresAtMs, terminatedAtMs);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        if (r2) {
            throw takeFromExternrefTable0(r1);
        }
        return r0 !== 0;
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Returns which part of a revocation of its user, or of everyone, terminates a session.
 *
 * `notBeforeMs` is the instant of the revocation, 0 without any, and `revocation` its number, 0 without any.
 * `knownRevocation` is the number of the newest revocation before the login read the user. Throws `invalid_argument` or
 * `invalid_time`.
 * @param {number} notBeforeMs
 * @param {number} revocation
 * @param {number} loggedInAtMs
 * @param {number} knownRevocation
 * @returns {RevokedBy}
 */
export function revokedBy(notBeforeMs, revocation, loggedInAtMs, knownRevocation) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.revokedBy(retptr, notBeforeMs, revocation, loggedInAtMs, knownRevocation);
        var r0 = getDataViewMemory0().getFloat64(retptr + 8 * 0, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
        if (r3) {
            throw takeFromExternrefTable0(r2);
        }
        return r0;
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Returns the number of seals at which a key should be replaced, over all cores and restarts.
 *
 * It is 2^31: half of the limit of SP 800-38D §8.3 for random nonces.
 * @returns {number}
 */
export function sealCountToWarnAt() {
    let ret;
    __wbg_call_guard();
    ret = wasm.sealCountToWarnAt();
    return ret;
}

/**
 * Fingerprints a text of an answer or a request if it may be a secret, without a key; else returns `null`.
 *
 * A secret has 20 to 4096 characters, all of them letters and digits of ASCII and `-._~+/=:|`, without `://`. Throws
 * `invalid_argument` for a value that is not a text.
 * @param {string} text
 * @returns {string | null}
 */
export function secretFingerprint(text) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.secretFingerprint(retptr, text);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        if (r2) {
            throw takeFromExternrefTable0(r1);
        }
        return takeFromExternrefTable0(r0);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Derives the session id of something that was issued without one. It is always the same for the same text.
 *
 * `source` tells what the text is: the signing input of a `token`, which is header, dot and payload; a `refreshToken`;
 * the name of a session of an identity `provider`; or that of an `import`ed one. Throws `invalid_argument`.
 * @param {IdSource} source
 * @param {string} text
 * @returns {string}
 */
export function sessionIdFor(source, text) {
    let deferred2_0;
    let deferred2_1;
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.sessionIdFor(retptr, source, text);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
        var ptr1 = r0;
        var len1 = r1;
        if (r3) {
            ptr1 = 0; len1 = 0;
            throw takeFromExternrefTable0(r2);
        }
        deferred2_0 = ptr1;
        deferred2_1 = len1;
        return getStringFromWasm0(ptr1, len1);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
        __wbg_call_guard();
        wasm.__wbindgen_export3(deferred2_0, deferred2_1, 1);
    }
}

/**
 * Simulates a script under some settings, and then lets time pass until every session is terminated.
 *
 * A sweep runs as soon as it has something to change; a real sweep runs once a minute. A script has at most 100,000
 * requests and 1,000 logins. Throws `invalid_setting`, `invalid_argument` or `invalid_time`.
 * @param {Settings} settings
 * @param {readonly ScriptStep[]} script
 * @param {number} startMs
 * @returns {Timeline}
 */
export function simulate(settings, script, startMs) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.simulate(retptr, settings, script, startMs);
        var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
        var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        if (r2) {
            throw takeFromExternrefTable0(r1);
        }
        return takeFromExternrefTable0(r0);
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}

/**
 * Returns when a sweep takes the row of a user by its value: its instant or its number, 0 without any.
 *
 * `ofEveryone` is that value in the row of everyone. A session that both terminate gets the reason of the higher one.
 * Throws `invalid_argument`.
 * @param {number} value
 * @param {number} ofEveryone
 * @returns {SweepTurn}
 */
export function sweepTurn(value, ofEveryone) {
    try {
        const retptr = wasm.__wbindgen_add_to_stack_pointer(-16) >>> 0;
        __wbg_call_guard();
        wasm.sweepTurn(retptr, value, ofEveryone);
        var r0 = getDataViewMemory0().getFloat64(retptr + 8 * 0, true);
        var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
        var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
        if (r3) {
            throw takeFromExternrefTable0(r2);
        }
        return r0;
    } finally {
        wasm.__wbindgen_add_to_stack_pointer(16);
    }
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_Error_208446807d0d1e30: function(arg0, arg1) {
            const ret = Error(getStringFromWasm0(arg0, arg1));
            return ret;
        },
        __wbg___wbindgen_boolean_get_4f1baf9a00be3c74: function(arg0) {
            const v = arg0;
            const ret = typeof(v) === 'boolean' ? v : undefined;
            return isLikeNone(ret) ? 0xFFFFFF : ret ? 1 : 0;
        },
        __wbg___wbindgen_is_bigint_5fa10641e039d3ef: function(arg0) {
            const ret = typeof(arg0) === 'bigint';
            return ret;
        },
        __wbg___wbindgen_is_function_741ff2bb612836f5: function(arg0) {
            const ret = typeof(arg0) === 'function';
            return ret;
        },
        __wbg___wbindgen_is_null_c22311b1cc228e3a: function(arg0) {
            const ret = arg0 === null;
            return ret;
        },
        __wbg___wbindgen_is_string_fc456fee5d3317de: function(arg0) {
            const ret = typeof(arg0) === 'string';
            return ret;
        },
        __wbg___wbindgen_is_symbol_f846131a047725ea: function(arg0) {
            const ret = typeof(arg0) === 'symbol';
            return ret;
        },
        __wbg___wbindgen_is_undefined_be5b34249ff1fc15: function(arg0) {
            const ret = arg0 === undefined;
            return ret;
        },
        __wbg___wbindgen_jsval_eq_38d7bfbe4cc84039: function(arg0, arg1) {
            const ret = arg0 === arg1;
            return ret;
        },
        __wbg___wbindgen_number_get_934b640d0889af78: function(arg0, arg1) {
            const obj = arg1;
            const ret = typeof(obj) === 'number' ? obj : undefined;
            getDataViewMemory0().setFloat64((arg0 >>> 0) + 8 * 1, isLikeNone(ret) ? 0 : ret, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, !isLikeNone(ret), true);
        },
        __wbg___wbindgen_string_get_7ce8eee7fd327545: function(arg0, arg1) {
            const obj = arg1;
            const ret = typeof(obj) === 'string' ? obj : undefined;
            var ptr1 = isLikeNone(ret) ? 0 : passStringToWasm0(ret, wasm.__wbindgen_export, wasm.__wbindgen_export2);
            var len1 = WASM_VECTOR_LEN;
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);
        },
        __wbg___wbindgen_throw_4c88d8bf264fd984: function(arg0, arg1) {
            throw new Error(getStringFromWasm0(arg0, arg1));
        },
        __wbg_assign_c3c2b40eed35f436: function() { return handleError(function (arg0, arg1) {
            const ret = Object.assign(arg0, arg1);
            return ret;
        }, arguments); },
        __wbg_create_012e05528dd644eb: function(arg0) {
            const ret = Object.create(arg0);
            return ret;
        },
        __wbg_encodeInto_3221d4a30c1b45bf: function(arg0, arg1, arg2, arg3) {
            const ret = arg0.encodeInto(arg1, getArrayU8FromWasm0(arg2, arg3));
            return ret;
        },
        __wbg_entries_ccd906a8abe083ba: function() { return handleError(function (arg0) {
            const ret = Object.entries(arg0);
            return ret;
        }, arguments); },
        __wbg_from_026654e466f3578a: function() { return handleError(function (arg0) {
            const ret = Uint8Array.from(arg0);
            return ret;
        }, arguments); },
        __wbg_from_b9ec7aaba3a8bea3: function() { return handleError(function (arg0) {
            const ret = Float64Array.from(arg0);
            return ret;
        }, arguments); },
        __wbg_getRandomValues_8b6f1f663e6f188d: function() { return handleError(function (arg0, arg1) {
            globalThis.crypto.getRandomValues(getArrayU8FromWasm0(arg0, arg1));
        }, arguments); },
        __wbg_get_0da3ef19f2755606: function(arg0, arg1, arg2) {
            const ret = Reflect.get(arg0, getStringFromWasm0(arg1, arg2));
            return ret;
        },
        __wbg_get_af80cc636243a7f9: function() { return handleError(function (arg0, arg1, arg2) {
            const ret = Reflect.get(arg0, getStringFromWasm0(arg1, arg2));
            return ret;
        }, arguments); },
        __wbg_get_d7176cfb76d71114: function(arg0, arg1) {
            const ret = arg0[arg1 >>> 0];
            return ret;
        },
        __wbg_get_unchecked_e6325ad374eff861: function(arg0, arg1) {
            const ret = arg0[arg1 >>> 0];
            return ret;
        },
        __wbg_instanceof_Float64Array_4acace5b49aaf791: function(arg0) {
            let result;
            try {
                result = arg0 instanceof Float64Array;
            } catch (_) {
                result = false;
            }
            const ret = result;
            return ret;
        },
        __wbg_instanceof_Uint8Array_d7aeb0dcb3108fea: function(arg0) {
            let result;
            try {
                result = arg0 instanceof Uint8Array;
            } catch (_) {
                result = false;
            }
            const ret = result;
            return ret;
        },
        __wbg_isArray_3bccccbf03f247a2: function() { return handleError(function (arg0) {
            const ret = Array.isArray(arg0);
            return ret;
        }, arguments); },
        __wbg_length_186163212ffe79c3: function(arg0) {
            const ret = arg0.length;
            return ret;
        },
        __wbg_length_5a8bb8abe1e54e15: function(arg0) {
            const ret = arg0.length;
            return ret;
        },
        __wbg_length_b03a0fabb109b1e9: function(arg0) {
            const ret = arg0.length;
            return ret;
        },
        __wbg_length_e83e819f48c774e4: function(arg0) {
            const ret = arg0.length;
            return ret;
        },
        __wbg_new_37eb45aaf5eeb820: function() {
            const ret = new Array();
            return ret;
        },
        __wbg_new_5c9b22487ec52e48: function() {
            const ret = new TextEncoder();
            return ret;
        },
        __wbg_new_787b9fb330d55d78: function(arg0, arg1) {
            const ret = new Error(getStringFromWasm0(arg0, arg1));
            return ret;
        },
        __wbg_new_cd4348290afae586: function() {
            const ret = new Object();
            return ret;
        },
        __wbg_new_from_slice_3512352010266e02: function(arg0, arg1) {
            const ret = new Uint32Array(getArrayU32FromWasm0(arg0, arg1));
            return ret;
        },
        __wbg_prototypesetcall_13162965d1fe7aa3: function(arg0, arg1, arg2) {
            Uint8Array.prototype.set.call(getArrayU8FromWasm0(arg0, arg1), arg2);
        },
        __wbg_prototypesetcall_a366c038a3918afa: function(arg0, arg1, arg2) {
            Float64Array.prototype.set.call(getArrayF64FromWasm0(arg0, arg1), arg2);
        },
        __wbg_push_c9f4893fc209f768: function(arg0, arg1) {
            const ret = arg0.push(arg1);
            return ret;
        },
        __wbg_read_2778b0d52bb08faa: function(arg0) {
            const ret = arg0.read;
            return ret;
        },
        __wbg_set_75bf334943b34dee: function(arg0, arg1, arg2, arg3) {
            Reflect.set(arg0, getStringFromWasm0(arg1, arg2), arg3);
        },
        __wbg_set_d2d33b52458e984a: function(arg0, arg1, arg2) {
            arg0[arg1 >>> 0] = arg2;
        },
        __wbg_set_e4b9a833d288759a: function(arg0, arg1, arg2) {
            arg0[arg1] = arg2;
        },
        __wbg_set_name_822e3903f3184979: function(arg0, arg1, arg2) {
            arg0.name = getStringFromWasm0(arg1, arg2);
        },
        __wbg_slice_8c7f01d7eb703b4e: function(arg0, arg1, arg2) {
            const ret = arg0.slice(arg1 >>> 0, arg2 >>> 0);
            return ret;
        },
        __wbg_values_584f7d332036cf55: function() { return handleError(function (arg0) {
            const ret = Object.values(arg0);
            return ret;
        }, arguments); },
        __wbg_written_9b520713613b1387: function(arg0) {
            const ret = arg0.written;
            return ret;
        },
        __wbindgen_generic_0000000000000001: function(arg0) {
            // Cast intrinsic for `F64 -> Externref`.
            const ret = arg0;
            return ret;
        },
        __wbindgen_generic_0000000000000002: function(arg0) {
            // Cast intrinsic for `I64 -> Externref`.
            const ret = arg0;
            return ret;
        },
        __wbindgen_generic_0000000000000003: function(arg0, arg1) {
            // Cast intrinsic for `Ref(String) -> Externref`.
            const ret = getStringFromWasm0(arg0, arg1);
            return ret;
        },
        __wbindgen_generic_0000000000000004: function(arg0) {
            // Cast intrinsic for `U64 -> Externref`.
            const ret = BigInt.asUintN(64, arg0);
            return ret;
        },
        __wbindgen_init_externref_table: function() {
            const table = wasm.__wbindgen_externrefs;
            table.set(0, undefined);
            table.set(1024, undefined);
            table.set(1025, null);
            table.set(1026, true);
            table.set(1027, false);
        },
    };
    return {
        __proto__: null,
        "./magic_sessionmanager_bg.js": import0,
    };
}

function __wbg_call_guard() {
    if (__wbg_reinit_scheduled) {
        __wbg_reset_state();
        return;
    }
}


let __wbg_instance_id = 0;
const CoreFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(({ ptr, instance }) => {
    if (instance === __wbg_instance_id) wasm.__wbg_core_free(ptr, 1);
});
const GeographyFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(({ ptr, instance }) => {
    if (instance === __wbg_instance_id) wasm.__wbg_geography_free(ptr, 1);
});

function addToExternrefTable0(obj) {
    const idx = wasm.__wbindgen_export5();
    wasm.__wbindgen_externrefs.set(idx, obj);
    return idx;
}

function getArrayF64FromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return getFloat64ArrayMemory0().subarray(ptr / 8, ptr / 8 + len);
}

function getArrayU32FromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return getUint32ArrayMemory0().subarray(ptr / 4, ptr / 4 + len);
}

function getArrayU8FromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return getUint8ArrayMemory0().subarray(ptr / 1, ptr / 1 + len);
}

let cachedDataViewMemory0 = null;
function getDataViewMemory0() {
    if (cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)) {
        cachedDataViewMemory0 = new DataView(wasm.memory.buffer);
    }
    return cachedDataViewMemory0;
}

let cachedFloat64ArrayMemory0 = null;
function getFloat64ArrayMemory0() {
    if (cachedFloat64ArrayMemory0 === null || cachedFloat64ArrayMemory0.byteLength === 0) {
        cachedFloat64ArrayMemory0 = new Float64Array(wasm.memory.buffer);
    }
    return cachedFloat64ArrayMemory0;
}

function getStringFromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return decodeText(getUint8ArrayMemory0().subarray(ptr, ptr + len));
}

let cachedUint32ArrayMemory0 = null;
function getUint32ArrayMemory0() {
    if (cachedUint32ArrayMemory0 === null || cachedUint32ArrayMemory0.byteLength === 0) {
        cachedUint32ArrayMemory0 = new Uint32Array(wasm.memory.buffer);
    }
    return cachedUint32ArrayMemory0;
}

let cachedUint8ArrayMemory0 = null;
function getUint8ArrayMemory0() {
    if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0) {
        cachedUint8ArrayMemory0 = new Uint8Array(wasm.memory.buffer);
    }
    return cachedUint8ArrayMemory0;
}

function handleError(f, args) {
    try {
        return f.apply(this, args);
    } catch (e) {
        const idx = addToExternrefTable0(e);
        wasm.__wbindgen_export4(idx);
    }
}

function isLikeNone(x) {
    return x === undefined || x === null;
}

function passStringToWasm0(arg, malloc, realloc) {
    if (realloc === undefined) {
        const buf = cachedTextEncoder.encode(arg);
        const ptr = malloc(buf.length, 1) >>> 0;
        getUint8ArrayMemory0().subarray(ptr, ptr + buf.length).set(buf);
        WASM_VECTOR_LEN = buf.length;
        return ptr;
    }

    let len = arg.length;
    let ptr = malloc(len, 1) >>> 0;

    const mem = getUint8ArrayMemory0();

    let offset = 0;

    for (; offset < len; offset++) {
        const code = arg.charCodeAt(offset);
        if (code > 0x7F) break;
        mem[ptr + offset] = code;
    }
    if (offset !== len) {
        if (offset !== 0) {
            arg = arg.slice(offset);
        }
        ptr = realloc(ptr, len, len = offset + arg.length * 3, 1) >>> 0;
        const view = getUint8ArrayMemory0().subarray(ptr + offset, ptr + len);
        const ret = cachedTextEncoder.encodeInto(arg, view);

        offset += ret.written;
        ptr = realloc(ptr, len, offset, 1) >>> 0;
    }

    WASM_VECTOR_LEN = offset;
    return ptr;
}

let __wbg_reinit_scheduled = false;

function takeFromExternrefTable0(idx) {
    const value = wasm.__wbindgen_externrefs.get(idx);
    wasm.__wbindgen_export6(idx);
    return value;
}

let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
cachedTextDecoder.decode();
const MAX_SAFARI_DECODE_BYTES = 2146435072;
let numBytesDecoded = 0;
function decodeText(bytes) {
    numBytesDecoded += bytes.length;
    if (numBytesDecoded >= MAX_SAFARI_DECODE_BYTES) {
        cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
        cachedTextDecoder.decode();
        numBytesDecoded = bytes.length;
    }
    return cachedTextDecoder.decode(bytes);
}

const cachedTextEncoder = new TextEncoder();

if (!('encodeInto' in cachedTextEncoder)) {
    cachedTextEncoder.encodeInto = function (arg, view) {
        const buf = cachedTextEncoder.encode(arg);
        view.set(buf);
        return {
            read: arg.length,
            written: buf.length
        };
    };
}

let WASM_VECTOR_LEN = 0;

let wasmModule, wasmInstance, wasm;
function __wbg_finalize_init(instance, module) {
    wasmInstance = instance;
    wasm = instance.exports;
    wasmModule = module;
    cachedDataViewMemory0 = null;
    cachedFloat64ArrayMemory0 = null;
    cachedUint32ArrayMemory0 = null;
    cachedUint8ArrayMemory0 = null;
    wasm.__wbindgen_start();
    return wasm;
}

async function __wbg_load(module, imports) {
    if (typeof Response === 'function' && module instanceof Response) {
        if (!module.ok) {
            throw new Error(`failed to fetch Wasm: ${module.status} ${module.statusText} fetching '${module.url}'`);
        }

        if (typeof WebAssembly.instantiateStreaming === 'function') {
            try {
                return await WebAssembly.instantiateStreaming(module, imports);
            } catch (e) {
                const validResponse = expectedResponseType(module.type);

                if (validResponse && module.headers.get('Content-Type') !== 'application/wasm') {
                    console.warn("`WebAssembly.instantiateStreaming` failed because your server does not serve Wasm with `application/wasm` MIME type. Falling back to `WebAssembly.instantiate` which is slower. Original error:\n", e);

                } else { throw e; }
            }
        }

        const bytes = await module.arrayBuffer();
        return await WebAssembly.instantiate(bytes, imports);
    } else {
        const instance = await WebAssembly.instantiate(module, imports);

        if (instance instanceof WebAssembly.Instance) {
            return { instance, module };
        } else {
            return instance;
        }
    }

    function expectedResponseType(type) {
        switch (type) {
            case 'basic': case 'cors': case 'default': return true;
        }
        return false;
    }
}

function initSync(module) {
    if (wasm !== undefined) return wasm;


    if (module !== undefined) {
        if (Object.getPrototypeOf(module) === Object.prototype) {
            ({module} = module)
        } else {
            console.warn('using deprecated parameters for `initSync()`; pass a single object instead')
        }
    }

    const imports = __wbg_get_imports();
    if (!(module instanceof WebAssembly.Module)) {
        module = new WebAssembly.Module(module);
    }
    const instance = new WebAssembly.Instance(module, imports);
    return __wbg_finalize_init(instance, module);
}

let __wbg_init_promise;
async function __wbg_init(module_or_path) {
    if (wasm !== undefined) return wasm;
    if (__wbg_init_promise === undefined) {
        __wbg_init_promise = __wbg_init_once(module_or_path);
        __wbg_init_promise.catch(() => { __wbg_init_promise = undefined; });
    }
    return __wbg_init_promise;
}

async function __wbg_init_once(module_or_path) {

    if (module_or_path !== undefined) {
        if (Object.getPrototypeOf(module_or_path) === Object.prototype) {
            ({module_or_path} = module_or_path)
        } else {
            console.warn('using deprecated parameters for the initialization function; pass a single object instead')
        }
    }


    const imports = __wbg_get_imports();

    if (typeof module_or_path === 'string' || (typeof Request === 'function' && module_or_path instanceof Request) || (typeof URL === 'function' && module_or_path instanceof URL)) {
        module_or_path = fetch(module_or_path);
    }

    const { instance, module } = await __wbg_load(await module_or_path, imports);

    return __wbg_finalize_init(instance, module);
}

export { initSync, __wbg_init as default };
