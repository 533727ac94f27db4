/** Reads the wall clock in milliseconds since the Unix epoch; no other file of the plugin does. */
export const nowMs = (): number => Date.now();

/** Reads a monotonic clock in milliseconds since an arbitrary origin. */
export const monotonicMs = (): number => performance.now();
