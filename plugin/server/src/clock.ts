/** Reads wall-clock time: milliseconds since the Unix epoch. The only such reading in the plugin. */
export const nowMs = (): number => Date.now();

/** Reads a clock that never steps back: milliseconds since an arbitrary origin. For leases. */
export const monotonicMs = (): number => performance.now();
