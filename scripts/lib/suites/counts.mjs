/** The sums of one suite. */
export class Counts {
  passed = 0;
  failed = 0;
  skipped = 0;

  add(other) {
    this.passed += other.passed;
    this.failed += other.failed;
    this.skipped += other.skipped;
    return this;
  }
}

const sum = (text, pattern) =>
  [...text.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);

const withoutColours = (text) => text.replace(/\u001b\[[0-9;]*m/g, '');

/** Reads the sums of Node's test runner as its reporter `spec` prints them. */
export function countsOfNode(output) {
  const plain = withoutColours(output);
  const total = (name) => sum(plain, new RegExp(`^ℹ ${name} (\\d+)$`, 'gm'));
  return Object.assign(new Counts(), {
    passed: total('pass'),
    failed: total('fail') + total('cancelled'),
    skipped: total('skipped') + total('todo'),
  });
}

/** Reads the sums of all test programs that `cargo test` ran. */
export function countsOfCargo(output) {
  const total = (name) => sum(output, new RegExp(`^test result:.*?(\\d+) ${name}`, 'gm'));
  return Object.assign(new Counts(), {
    passed: total('passed'),
    failed: total('failed'),
    skipped: total('ignored'),
  });
}

/** Reads the processor time that `report-cpu.cjs` has printed, in seconds; 0 where it is unknown. */
export function cpuSecondsOfNode(output) {
  return sum(withoutColours(output), /^ℹ cpu_seconds ([\d.]+)$/gm);
}
