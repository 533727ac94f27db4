import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../clock';

/** How long it is watched at a time whether the process has anything else to do, in milliseconds. */
const SAMPLE_MS = 1;

/** Work in the background goes on after this long however busy the process is, in milliseconds. */
const MAX_WAIT_MS = 50;

/**
 * Lets go first whatever the process has to do by now: requests that came while a batch held it up
 * would else be answered one after each batch, and more slowly than they come.
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
