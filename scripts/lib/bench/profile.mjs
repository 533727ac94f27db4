/** The name that V8 gives to idle time. */
const IDLE = '(idle)';

/**
 * Sums up a profile of V8 between two instants of the monotonic clock (microseconds): how long each
 * function itself was running, with its name and the address of its code. Idle time is left out.
 */
export function selfTimes({ nodes, samples, timeDeltas, startTime }, { fromUs, toUs }) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map();
  let atUs = startTime;
  samples.forEach((id, index) => {
    atUs += timeDeltas[index];
    const { functionName, url } = frames.get(id);
    if (functionName === IDLE || atUs < fromUs || atUs > toUs) return;
    const key = `${functionName} ${url}`;
    const known = times.get(key) ?? { name: functionName || '(anonymous)', url, us: 0 };
    known.us += timeDeltas[index];
    times.set(key, known);
  });
  return [...times.values()];
}

/** Returns what share of all the time each part has, largest first; `partOf` names a function's part, or none. */
export function sharesOf(times, partOf) {
  const all = times.reduce((sum, { us }) => sum + us, 0);
  const sums = new Map();
  for (const time of times) {
    const part = partOf(time);
    if (part !== null) sums.set(part, (sums.get(part) ?? 0) + time.us);
  }
  return Array.from(sums, ([part, us]) => ({ part, share: us / all })).sort(
    (one, other) => other.share - one.share,
  );
}
