import { createAsyncVariable } from '../../async/async-variable';
import { createDeadline } from '../../async/deadline';

/** Answers a call within a trial; `proceed` does what the call does outside of one. */
type Answer = (proceed: () => unknown) => unknown;

/** The answers of wrapped functions within a trial, by the names of their points. */
export type Answers = Readonly<Record<string, Answer>>;

/** A call of Strapi's functions that shows whether it reaches the plugin. */
interface Trial {
  readonly answers: Answers;
  readonly reached: Set<string>;
  /** Work that the trial started may outlive it. */
  isFinished: boolean;
}

/** The outcome of a trial. */
export interface TrialOutcome {
  /** The points that were reached. */
  reached: ReadonlySet<string>;
  /** Why it ended early, if it did so without reaching any point. */
  failure: string | null;
}

/** The longest wait for a trial, in milliseconds; an app's code around Strapi's may hang. */
const MAX_TRIAL_MS = 3000;

const trials = createAsyncVariable<Trial>();

/** Thrown where a trial has reached the plugin, before anything is read or written. */
class TrialReached extends Error {
  constructor() {
    super('a trial has reached magic-sessionmanager');
  }
}

/** Ends the trial at the point that was reached. */
export const stopHere: Answer = () => {
  throw new TrialReached();
};

/** Lets the call proceed to the next point. */
export const passOn: Answer = (proceed) => proceed();

/**
 * Runs a trial and tells which points it reached.
 *
 * Only the work of the trial gets its answers; other work at the same time is not concerned.
 */
export async function runTrial(answers: Answers, work: () => unknown): Promise<TrialOutcome> {
  const trial: Trial = { answers, reached: new Set(), isFinished: false };
  let failure: string | null = null;
  try {
    const inTime = createDeadline(MAX_TRIAL_MS);
    await trials.run(trial, () => inTime((async () => await work())()));
  } catch (error) {
    if (!(error instanceof TrialReached)) failure = reasonOf(error);
  } finally {
    trial.isFinished = true;
  }
  return { reached: trial.reached, failure: trial.reached.size > 0 ? null : failure };
}

/** Tells whether the caller runs within a trial. */
export function isTrial(): boolean {
  return trials.get()?.isFinished === false;
}

/** Gives the trial's answer at a point; proceeds outside of trials and where none is planned. */
export function answerTrial(point: string, proceed: () => unknown): unknown {
  const trial = trials.get();
  const answer = trial?.isFinished === false ? trial.answers[point] : undefined;
  if (!trial || !answer) return proceed();
  trial.reached.add(point);
  return answer(proceed);
}

/** Returns the first line of a message. */
function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line;
}
