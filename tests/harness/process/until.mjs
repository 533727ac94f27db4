const DEADLINE_MS = 60_000;
const PAUSE_MS = 50;

/**
 * Repeats `check` until it returns something other than undefined, false or null, and
 * returns it; fails after the deadline and names the condition.
 */
export async function until(what, check, deadlineMs = DEADLINE_MS, pauseMs = PAUSE_MS) {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${deadlineMs} ms in vain until ${what}`);
    await pause(pauseMs);
  }
}

/** Waits until the clean-up that runs each minute has been, and will not come for ten seconds. */
export function betweenCleanUps() {
  return until('no clean-up of the minute is near', () => {
    const msOfMinute = Date.now() % 60_000;
    return msOfMinute > 3000 && msOfMinute < 50_000;
  });
}

/** Waits a given time: only for tests whose subject is time itself. */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
