/** Lets the middlewares within do their work, and gives what they threw, if they did. */
export async function outcomeOf(next: () => Promise<unknown>): Promise<{ error: unknown } | null> {
  try {
    await next();
    return null;
  } catch (error) {
    return { error };
  }
}
