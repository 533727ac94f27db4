/** Names the writes of terminations, each uniquely among all instances. */
export interface TerminationIds {
  /** Returns the id of the next write. */
  next(): string;
  /** Tells whether an id was made by this process, which announces the termination by itself. */
  isOwn(terminationId: string | null): boolean;
  /** Records that this process does not know whether a write was committed, and announces nothing. */
  doubt(terminationId: string): void;
  /** Tells whether this process made an id and doubts its write. */
  isDoubted(terminationId: string | null): boolean;
}

/** The largest number of doubted writes that are remembered. */
const MAX_DOUBTED = 10_000;

/**
 * Creates the ids of one process.
 *
 * @param instanceId The unique id of the process.
 */
export function createTerminationIds(instanceId: string): TerminationIds {
  const prefix = `${instanceId}.`;
  const doubted = new Set<string>();
  let count = 0;
  const isDoubted = (terminationId: string | null): boolean =>
    terminationId !== null && doubted.has(terminationId);

  return {
    next: () => `${prefix}${(count += 1)}`,
    isOwn: (terminationId) =>
      (terminationId?.startsWith(prefix) ?? false) && !isDoubted(terminationId),
    isDoubted,

    doubt(terminationId) {
      doubted.add(terminationId);
      const [oldest] = doubted;
      if (doubted.size > MAX_DOUBTED && oldest !== undefined) doubted.delete(oldest);
    },
  };
}
