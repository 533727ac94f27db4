import { readFileSync } from 'node:fs';

/** Reads the lines of a data set: the first and the last address as numbers, and a value. */
export function readRanges(file) {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [first, last, value] = line.split(',', 3);
    return { first: BigInt(first), last: BigInt(last), value };
  });
}

/**
 * Returns where values begin, in networks of a given size, with `null` where ranges have a gap. Of two ranges
 * in one network, the later one counts.
 */
export function startsOf(ranges, bitsLeftOut) {
  const starts = [{ start: 0n, value: null }];
  const begin = (start, value) => {
    if (starts.at(-1).start === start) starts.pop();
    if (starts.at(-1)?.value !== value) starts.push({ start, value });
  };
  let next = 0n;
  for (const { first, last, value } of ranges) {
    const start = first >> bitsLeftOut;
    if (start > next) begin(next, null);
    begin(start, value);
    next = (last >> bitsLeftOut) + 1n;
  }
  begin(next, null);
  return starts;
}
