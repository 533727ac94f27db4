/** Runs the next middlewares; returns their error, or `null` on success. */
export async function outcomeOf(next: () => Promise<unknown>): Promise<{ error: unknown } | null> {
  try {
    await next();
    return null;
  } catch (error) {
    return { error };
  }
}
