import { useCallback, useState } from 'react';

/** Gives a handler for a closing dialog. It returns the focus to the element that had it before. */
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
