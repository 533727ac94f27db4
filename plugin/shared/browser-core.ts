import { coreBytes, loadCore } from './core';

/**
 * Loads the WebAssembly core in a browser; the first call compiles it off the main thread.
 *
 * @throws WebAssembly.CompileError where a content security policy forbids WebAssembly.
 */
export async function loadCoreInBrowser(): Promise<ReturnType<typeof loadCore>> {
  return loadCore(await WebAssembly.compile(coreBytes()));
}
