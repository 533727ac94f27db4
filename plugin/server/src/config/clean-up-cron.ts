import { Cron } from 'croner';
import { PLUGIN_NAME } from '../strapi';

/** Every night at three, server time. */
const DEFAULT_CRON = '0 3 * * *';

/** The planned times at which old records are deleted. */
export interface CleanUpPlan {
  /** Returns the first planned time after an instant; `null` if there is none. */
  readonly after: (instantMs: number) => number | null;
}

/**
 * Reads the option `cleanupCron`: minute, hour, day of month, month, day of week, in server time.
 *
 * @throws Error with a one-line message for an invalid value.
 */
export function cleanUpPlanOf(option: unknown): CleanUpPlan {
  const cron = cronOf(option ?? DEFAULT_CRON);
  return { after: (instantMs) => cron.nextRun(new Date(instantMs))?.getTime() ?? null };
}

function cronOf(expression: unknown): Cron {
  try {
    if (typeof expression === 'string' && expression.trim().split(/\s+/).length === 5)
      return new Cron(expression, { paused: true });
  } catch {
    // The error below has the plugin's own message.
  }
  const got = typeof expression === 'string' ? JSON.stringify(expression) : typeof expression;
  throw new Error(
    `${PLUGIN_NAME}: option "cleanupCron" is ${got}; it takes the five fields of a cron expression, such as "${DEFAULT_CRON}"`,
  );
}
