import { monotonicMs } from '../clock';
import { createDetached } from './detached';

/** The number of tasks per turn of the event loop. */
const TASKS_PER_TURN = 50;

/** A turn begins no task after this long, in milliseconds. */
const TURN_MS = 5;

/**
 * Creates a queue that runs tasks one after another in later turns of the event loop.
 *
 * Requests are served between the turns, however many tasks there are. A task must not throw.
 */
export function createTaskQueue(): (task: () => void) => void {
  const runDetached = createDetached();
  let tasks: (() => void)[] = [];
  let done = 0;

  function turn(): void {
    const untilMs = monotonicMs() + TURN_MS;
    const end = Math.min(tasks.length, done + TASKS_PER_TURN);
    do {
      tasks[done]?.();
      done += 1;
    } while (done < end && monotonicMs() < untilMs);
    if (done < tasks.length) {
      setImmediate(turn);
      return;
    }
    tasks = [];
    done = 0;
  }

  return (task) => {
    tasks.push(task);
    if (tasks.length === 1) runDetached(() => setImmediate(turn));
  };
}
