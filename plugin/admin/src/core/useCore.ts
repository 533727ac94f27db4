import { useEffect, useState } from 'react';

import type { loadCore } from '../../../shared/core';

/** What the WebAssembly core offers. */
export type LoadedCore = ReturnType<typeof loadCore>;

/** The core on its way into the browser; `blocked` where a content security policy forbids it. */
export type CoreState =
  { status: 'loading' } | { status: 'ready'; core: LoadedCore } | { status: 'blocked' };

/** Loads the core, from a chunk of its own, for the page that calls this. */
export function useCore(): CoreState {
  const [state, setState] = useState<CoreState>({ status: 'loading' });

  useEffect(() => {
    let isLeft = false;
    const load = async (): Promise<CoreState> => {
      try {
        const { loadCoreInBrowser } = await import('../../../shared/browser-core');
        return { status: 'ready', core: await loadCoreInBrowser() };
      } catch {
        return { status: 'blocked' };
      }
    };
    void load().then((loaded) => {
      if (!isLeft) {
        setState(loaded);
      }
    });
    return () => {
      isLeft = true;
    };
  }, []);

  return state;
}
