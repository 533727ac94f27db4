import { useEffect } from 'react';

/**
 * Calls a function at an interval while the browser tab is visible.
 *
 * A hidden tab makes no call. It makes one at once when it becomes visible again.
 *
 * @param poll keep its identity stable: a new one restarts the interval.
 * @param intervalMs time between two calls, in milliseconds; `null` for no calls.
 */
export function usePolling(poll: () => void, intervalMs: number | null): void {
  useEffect(() => {
    if (intervalMs === null) {
      return;
    }
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
