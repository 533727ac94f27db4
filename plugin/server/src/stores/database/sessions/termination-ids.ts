/** Names the writes of terminations, each uniquely among all instances. */
export interface TerminationIds {
  /** Returns the id of the next write. */
  next(): string;
  /** Tells whether an id was made by this process. */
  isOwn(terminationId: string | null): boolean;
}

/**
 * Creates the ids of one process.
 *
 * @param instanceId The unique id of the process.
 */
export function createTerminationIds(instanceId: string): TerminationIds {
  const prefix = `${instanceId}.`;
  let count = 0;
  return {
    next: () => `${prefix}${(count += 1)}`,
    isOwn: (terminationId) => terminationId?.startsWith(prefix) ?? false,
  };
}
