import { useCallback } from 'react';

/** Provides a function that copies a text, and says whether the browser has let it. */
export function useClipboard(): (text: string) => Promise<boolean> {
  return useCallback(async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }, []);
}
