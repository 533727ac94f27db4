import { createHash } from 'node:crypto';
import { wasmBytes } from './load-core';

/** The size and the checksum of the core. */
export interface WasmIdentity {
  /** The size of the WebAssembly module in bytes. */
  wasmBytes: number;
  /** Its SHA-256 in hexadecimal digits, as docs/compatibility.md names it. */
  wasmSha256: string;
}

let identity: WasmIdentity | undefined;

/** Returns the size and the checksum of the core; the first call computes them. */
export function wasmIdentity(): WasmIdentity {
  identity ??= identify(wasmBytes());
  return identity;
}

function identify(bytes: Uint8Array): WasmIdentity {
  const wasmSha256 = createHash('sha256').update(bytes).digest('hex');
  return { wasmBytes: bytes.length, wasmSha256 };
}
