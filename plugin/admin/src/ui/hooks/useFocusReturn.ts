import { useCallback, useState } from 'react';

/** Provides what puts the focus back, once a dialog is gone, to where it was when it opened. */
export function useFocusReturn(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return useCallback(
    (event) => {
      event.preventDefault();
      if (before instanceof HTMLElement) {
        before.focus();
      }
    },
    [before],
  );
}
