import { useEffect, useState } from 'react';

import type { loadCore } from '../../../shared/core';

/** The functions of the WebAssembly core. */
export type LoadedCore = ReturnType<typeof loadCore>;

/** The state of loading the core; `blocked` if a content security policy forbids it. */
export type CoreState =
  { status: 'loading' } | { status: 'ready'; core: LoadedCore } | { status: 'blocked' };

/** Loads the core from a chunk of its own. */
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
