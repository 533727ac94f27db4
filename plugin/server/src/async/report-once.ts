/**
 * Gives what runs attempts at the same work, and reports the first that fails in a row; it never rejects.
 */
export function reportFirstFailure(
  report: (error: unknown) => void,
): (attempt: () => Promise<unknown>) => Promise<void> {
  let failing = false;
  return async (attempt) => {
    try {
      await attempt();
      failing = false;
    } catch (error) {
      if (!failing) report(error);
      failing = true;
    }
  };
}
