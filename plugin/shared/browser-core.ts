import { coreBytes, loadCore } from './core';

/**
 * Gives the WebAssembly core to a browser, compiling it off the main thread on the first call.
 *
 * Rejects with `WebAssembly.CompileError` where a content security policy forbids WebAssembly.
 */
export async function loadCoreInBrowser(): Promise<ReturnType<typeof loadCore>> {
  return loadCore(await WebAssembly.compile(coreBytes()));
}
