import { Counts } from './counts.mjs';

/** The sums of some suites. */
export class Summary {
  #suites = new Map();
  #failedTitles = [];
  #isStrict;

  /** `isStrict` counts skipped tests as failed. */
  constructor(suites, { isStrict }) {
    this.#isStrict = isStrict;
    for (const { name } of suites)
      this.#suites.set(name, { counts: new Counts(), seconds: 0, cpuSeconds: 0 });
  }

  /** Adds the result of a job. */
  add({ suite, title }, { counts, seconds, cpuSeconds = 0 }) {
    const sums = this.#suites.get(suite.name);
    if (this.#isStrict) counts.failed += counts.skipped;
    if (counts.failed > 0) this.#failedTitles.push(`${suite.name}: ${title}`);
    sums.counts.add(counts);
    sums.seconds += seconds;
    sums.cpuSeconds += cpuSeconds;
  }

  get #all() {
    const all = new Counts();
    for (const { counts } of this.#withSilent()) all.add(counts);
    return all;
  }

  /** A suite in which nothing passed or failed has not run, which is a failure. */
  #withSilent() {
    return [...this.#suites].map(([name, sums]) => {
      const { passed, failed } = sums.counts;
      if (passed + failed > 0) return { name, ...sums };
      return { name, ...sums, counts: Object.assign(new Counts(), { failed: 1 }) };
    });
  }

  get hasFailures() {
    return this.#all.failed > 0;
  }

  /** One line for each failed job and each suite, and the sums of all as the last line. */
  text() {
    const failed = this.#failedTitles.map((title) => `failed: ${title}`);
    const suites = this.#withSilent().map(({ name, counts, seconds, cpuSeconds }) => {
      const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
      const sums = `${counts.passed} passed, ${counts.failed} failed${skipped}`;
      const times = [`files: ${seconds} s`, cpuSeconds && `processor: ${Math.round(cpuSeconds)} s`];
      return `${name.padEnd(10)} ${sums} (${times.filter(Boolean).join(', ')})`;
    });
    const { passed, failed: failures } = this.#all;
    return [...failed, ...suites, `${passed} passed, ${failures} failed`].join('\n');
  }
}
