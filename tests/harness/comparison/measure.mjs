const WARM_UP_CALLS = 5000;
const TURNS = 151;
const CALLS_PER_TURN = 300;

/** Returns how long one call takes, in nanoseconds, averaged over so many. */
export function timed(call, calls) {
  const start = process.hrtime.bigint();
  for (let done = 0; done < calls; done += 1) call();
  return Number(process.hrtime.bigint() - start) / calls;
}

/** Measures two calls in turns; gives the quartiles of each in nanoseconds, and of their ratio. */
export function compare(one, other) {
  timed(one, WARM_UP_CALLS);
  timed(other, WARM_UP_CALLS);
  const turns = Array.from({ length: TURNS }, (_, turn) => {
    // The order alternates, so that neither has an advantage.
    if (turn % 2) return [timed(one, CALLS_PER_TURN), timed(other, CALLS_PER_TURN)];
    const second = timed(other, CALLS_PER_TURN);
    return [timed(one, CALLS_PER_TURN), second];
  });
  return {
    one: quartiles(turns.map(([first]) => first)),
    other: quartiles(turns.map(([, second]) => second)),
    ratio: quartiles(turns.map(([first, second]) => first / second)),
  };
}

/** Returns the median of some numbers and the bounds of their middle half. */
export function quartiles(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (part) => sorted[Math.floor((sorted.length - 1) * part)];
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

/** Sums up pairs of numbers: either side's median, and the quartiles of what `relate` makes of a pair. */
export function summed(pairs, relate) {
  return {
    without: quartiles(pairs.map((pair) => pair.without)).median,
    with: quartiles(pairs.map((pair) => pair.with)).median,
    relation: quartiles(pairs.map(relate)),
  };
}

/** The factor by which the plugin changes a figure. */
export const ratio = (pair) => pair.with / pair.without;

/** The amount that the plugin adds to a figure. */
export const added = (pair) => pair.with - pair.without;
