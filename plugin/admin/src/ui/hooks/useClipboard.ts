import { useCallback } from 'react';

/** Gives a function that copies a text to the clipboard; false if the browser forbids it. */
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
