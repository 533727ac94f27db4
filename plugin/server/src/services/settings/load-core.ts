import { webcrypto } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { gzippedCore, loadCore } from '../../../../shared/core';

/** Loads the core and its random source: Node 18 has no `globalThis.crypto` in modules. */
export function loadServerCore(): ReturnType<typeof loadCore> {
  if (!('crypto' in globalThis)) {
    Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
  }
  return loadCore(wasmBytes);
}

/** Returns the bytes of the WebAssembly module. */
export function wasmBytes(): Buffer<ArrayBuffer> {
  return gunzipSync(gzippedCore());
}
