import { useEffect, useState } from 'react';

/** Gives a value after it has not changed for some time, in milliseconds. */
export function useDebounced<T>(value: T, afterMs: number): T {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setDebounced(value), afterMs);
    return () => window.clearTimeout(timer);
  }, [value, afterMs]);
  return debounced;
}
