import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../clock';

/** The length of one sample of the event loop's utilization, in milliseconds. */
const SAMPLE_MS = 1;

/** Background work continues after this long even in a busy process, in milliseconds. */
const MAX_WAIT_MS = 50;

/**
 * Resolves once the event loop is mostly idle, or after {@link MAX_WAIT_MS}.
 *
 * Without it, requests that arrive during a batch would be served one after each batch, and the
 * queue of requests would grow.
 */
export async function yieldWhenBusy(): Promise<void> {
  const untilMs = monotonicMs() + MAX_WAIT_MS;
  for (;;) {
    const before = performance.eventLoopUtilization();
    await pause(SAMPLE_MS);
    const { utilization } = performance.eventLoopUtilization(before);
    if (utilization < 0.5 || monotonicMs() > untilMs) return;
  }
}
