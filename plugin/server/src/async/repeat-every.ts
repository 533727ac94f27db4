import { reportOnce } from './report-once';

/**
 * Runs work now and at an interval, and reports the first failure in a row.
 *
 * @param periodMs The interval in milliseconds.
 * @returns A function that stops it.
 */
export function repeatEvery(
  periodMs: number,
  work: () => Promise<unknown>,
  report: (error: unknown) => void,
): () => void {
  const attempt = reportOnce(report);
  const run = (): void => void attempt(work);
  run();
  const timer = setInterval(run, periodMs).unref();
  return () => clearInterval(timer);
}
