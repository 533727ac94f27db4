import { gzippedCore, loadCore } from './core';

/**
 * Loads the WebAssembly core in a browser; the first call compiles it off the main thread.
 *
 * @throws WebAssembly.CompileError where a content security policy forbids WebAssembly.
 */
export async function loadCoreInBrowser(): Promise<ReturnType<typeof loadCore>> {
  const gzipped = new Blob([gzippedCore()]).stream();
  const bytes = await new Response(
    gzipped.pipeThrough(new DecompressionStream('gzip')),
  ).arrayBuffer();
  const module = await WebAssembly.compile(bytes);
  return loadCore(() => module);
}
