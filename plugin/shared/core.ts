import {
  Core,
  Verdict,
  decideLogin,
  decideQuota,
  describeSettings,
  generateKey,
  impact,
  initSync,
  keyIdOf,
  loginFailed,
  loginSucceeded,
  parseSettings,
  sealCountToWarnAt,
  sessionIdFor,
  simulate,
  type SyncInitInput,
} from '../../pkg/magic_sessionmanager.js';
import wasmBase64 from '../../pkg/magic_sessionmanager_bytes.js';
import { guardedFunction } from './traps';

/** What the core offers. Named one by one, so that a bundle leaves out the loader that fetches. */
const OFFERED = {
  Core,
  Verdict,
  decideLogin: guardedFunction(decideLogin),
  decideQuota: guardedFunction(decideQuota),
  describeSettings: guardedFunction(describeSettings),
  generateKey: guardedFunction(generateKey),
  impact: guardedFunction(impact),
  keyIdOf: guardedFunction(keyIdOf),
  loginFailed: guardedFunction(loginFailed),
  loginSucceeded: guardedFunction(loginSucceeded),
  parseSettings: guardedFunction(parseSettings),
  sealCountToWarnAt: guardedFunction(sealCountToWarnAt),
  sessionIdFor: guardedFunction(sessionIdFor),
  simulate: guardedFunction(simulate),
};

let loaded = false;

/**
 * Gives the WebAssembly core, instantiating it on the first call.
 *
 * Synchronous, so that the server can validate its configuration while Strapi loads it; a browser
 * compiles it first, by `loadCoreInBrowser`.
 *
 * @param module The module, if it has been compiled already.
 * @throws WebAssembly.CompileError where a content security policy forbids WebAssembly.
 */
export function loadCore(module?: SyncInitInput): typeof OFFERED {
  if (!loaded) {
    initSync({ module: module ?? coreBytes() });
    loaded = true;
  }
  return OFFERED;
}

/** Gives the bytes of the WebAssembly module. */
export function coreBytes(): Uint8Array<ArrayBuffer> {
  const binary = atob(wasmBase64);
  const bytes = new Uint8Array(binary.length);
  // Not `Uint8Array.from`, which takes many times as long and is felt when Strapi starts.
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** A core that whoever made it has to free. Call it by `guarded`. */
export type OwnedCore = InstanceType<typeof Core>;

/**
 * What a core decides and seals, without a say in how long it lives. Its `transition` is for the
 * preview and the proofs: the server writes states in statements about many sessions.
 */
export type CoreView = Omit<OwnedCore, 'free' | 'transition' | typeof Symbol.dispose>;

export type { CoreView as Core };

export type {
  KeySource,
  LoginRecord,
  LoginSubject,
  Quota,
  QuotaDecision,
  ScriptStep,
  SessionColumns,
  SettingDescription,
  Settings,
  Tat,
  TimelineSession,
  TokenField,
} from '../../pkg/magic_sessionmanager.js';
