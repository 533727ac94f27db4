import { useEffect } from 'react';

/**
 * Calls a function at an interval while the browser tab is visible.
 *
 * A hidden tab asks for nothing; it catches up at once when it is looked at again.
 *
 * @param poll keep its identity stable: a new one restarts the interval.
 * @param intervalMs time between two calls, in milliseconds.
 */
export function usePolling(poll: () => void, intervalMs: number): void {
  useEffect(() => {
    const pollIfVisible = () => {
      if (document.visibilityState === 'visible') {
        poll();
      }
    };
    const timer = window.setInterval(pollIfVisible, intervalMs);
    document.addEventListener('visibilitychange', pollIfVisible);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', pollIfVisible);
    };
  }, [poll, intervalMs]);
}
