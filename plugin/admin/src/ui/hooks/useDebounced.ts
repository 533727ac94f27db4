import { useEffect, useState } from 'react';

/** Gives a value once it has stayed the same for some time, so that typing is never waited for. */
export function useDebounced<T>(value: T, afterMs: number): T {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setDebounced(value), afterMs);
    return () => window.clearTimeout(timer);
  }, [value, afterMs]);
  return debounced;
}
