import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import * as wasm from '../../../pkg/magic_sessionmanager.js';
import gzippedBase64 from '../../../pkg/magic_sessionmanager_gzip.js';

// Node 18 has no global crypto in modules; the plugin sets it as well.
globalThis.crypto ??= webcrypto;

/** The module's linear memory. */
export const { memory } = wasm.initSync({
  module: gunzipSync(Buffer.from(gzippedBase64, 'base64')),
});

export const {
  Adoption,
  Core,
  Geography,
  IssueDecision,
  NetworkKind,
  RevokedBy,
  SweepTurn,
  Verdict,
  decideAccount,
  decideAdoption,
  decideIssue,
  decideQuota,
  describeSettings,
  forecastLogins,
  generateKey,
  impact,
  isLaterLogin,
  keyIdOf,
  loginOrigin,
  parseSettings,
  passwordFingerprint,
  placesKnownSinceMs,
  ranOut,
  revokedBy,
  sealCountToWarnAt,
  secretFingerprint,
  sessionIdFor,
  simulate,
  sweepTurn,
} = wasm;

/** 32 zero bytes in base64. */
export const ZERO_KEY = Buffer.alloc(32).toString('base64');

/** Makes a core with some options and a key of 32 zero bytes. */
export function makeCore(options = {}, key = { kind: 'configured', key: ZERO_KEY }) {
  return new Core(parseSettings(options), key);
}

/** Returns the CoreError that a call throws; anything else thrown, or nothing, fails the test. */
export function thrown(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof Error, `threw ${typeof error} rather than an Error`);
    assert.equal(error.name, 'CoreError', error.stack);
    assert.doesNotMatch(error.message, /[\r\n]/);
    return error;
  }
  return assert.fail('nothing was thrown');
}
