import {
  Adoption,
  Core,
  Geography,
  IssueDecision,
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
  initSync,
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
  type SyncInitInput,
} from '../../pkg/magic_sessionmanager.js';
import gzippedBase64 from '../../pkg/magic_sessionmanager_gzip.js';
import { guardedFunction } from './traps';

/**
 * The core's API.
 *
 * The imports are named one by one to keep the loader that fetches out of bundles.
 */
const CORE_API = {
  Adoption,
  Core,
  Geography,
  IssueDecision,
  RevokedBy,
  SweepTurn,
  Verdict,
  decideAccount: guardedFunction(decideAccount),
  decideAdoption: guardedFunction(decideAdoption),
  decideIssue: guardedFunction(decideIssue),
  decideQuota: guardedFunction(decideQuota),
  describeSettings: guardedFunction(describeSettings),
  forecastLogins: guardedFunction(forecastLogins),
  generateKey: guardedFunction(generateKey),
  impact: guardedFunction(impact),
  isLaterLogin: guardedFunction(isLaterLogin),
  keyIdOf: guardedFunction(keyIdOf),
  loginOrigin: guardedFunction(loginOrigin),
  parseSettings: guardedFunction(parseSettings),
  passwordFingerprint: guardedFunction(passwordFingerprint),
  placesKnownSinceMs: guardedFunction(placesKnownSinceMs),
  ranOut: guardedFunction(ranOut),
  revokedBy: guardedFunction(revokedBy),
  sealCountToWarnAt: guardedFunction(sealCountToWarnAt),
  secretFingerprint: guardedFunction(secretFingerprint),
  sessionIdFor: guardedFunction(sessionIdFor),
  simulate: guardedFunction(simulate),
  sweepTurn: guardedFunction(sweepTurn),
};

/** The functions of the core that need no settings, and its class. */
export type CoreApi = typeof CORE_API;

let loaded = false;

/**
 * Returns the WebAssembly core; the first call instantiates it.
 *
 * It is synchronous because the server validates its configuration while Strapi loads it.
 *
 * @param moduleOf Returns the module or its bytes, and is called once.
 * @throws WebAssembly.CompileError where a content security policy forbids WebAssembly.
 */
export function loadCore(moduleOf: () => SyncInitInput): CoreApi {
  if (!loaded) {
    initSync({ module: moduleOf() });
    loaded = true;
  }
  return CORE_API;
}

/** Returns the WebAssembly module, compressed by gzip. */
export function gzippedCore(): Uint8Array<ArrayBuffer> {
  const binary = atob(gzippedBase64);
  const bytes = new Uint8Array(binary.length);
  // `Uint8Array.from` takes many times as long and slows the start of Strapi.
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** A core that its creator has to free. Call it by `guarded`. */
export type OwnedCore = InstanceType<typeof Core>;

/**
 * A core for callers that do not own it: they can neither free it nor call `transition`.
 *
 * `transition` serves the preview and the tests. The server changes the states of many sessions in
 * one SQL statement.
 */
export type CoreView = Omit<OwnedCore, 'free' | 'transition' | typeof Symbol.dispose>;

export type { CoreView as Core };

/** The tables of networks in the core's memory, which stay until the process ends. */
export type LoadedGeography = Omit<InstanceType<typeof Geography>, 'free' | typeof Symbol.dispose>;

export type {
  Client,
  FailureDecision,
  GeographyTables,
  KeySource,
  ListKind,
  KeyWear,
  LoginDecision,
  LoginForecast,
  LoginOutcome,
  StoredLogin,
  Quota,
  QuotaDecision,
  RefreshDecision,
  ScriptStep,
  SessionColumns,
  SettingDescription,
  Settings,
  SweepTurn,
  Tat,
  TimelineSession,
  TokenField,
} from '../../pkg/magic_sessionmanager.js';
