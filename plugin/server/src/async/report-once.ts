/**
 * Creates a runner for attempts at the same work that reports the first failure in a row.
 *
 * The runner never rejects.
 *
 * @param recovered Called at the first success after a reported failure.
 */
export function reportOnce(
  report: (error: unknown) => void,
  recovered: () => void = () => undefined,
): (attempt: () => Promise<unknown>) => Promise<void> {
  let isFailing = false;
  return async (attempt) => {
    try {
      await attempt();
      if (isFailing) recovered();
      isFailing = false;
    } catch (error) {
      if (!isFailing) report(error);
      isFailing = true;
    }
  };
}
