import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../../tests/harness/paths.mjs';
import { replaceSection } from '../../../tests/harness/markdown/sections.mjs';

const BENCHMARKS = path.join(ROOT, 'BENCHMARKS.md');

/** Says on what and when something was measured. */
export function machine() {
  const [{ model }, { length }] = [cpus()[0], cpus()];
  const date = new Date().toISOString().slice(0, 10);
  return `${model.trim()}, ${length} cores, Node ${process.version}, ${date}`;
}

/** Puts a section into BENCHMARKS.md, in place of the one of the same name. */
export function writeSection(name, content) {
  const before = existsSync(BENCHMARKS) ? readFileSync(BENCHMARKS, 'utf8') : '# Benchmarks\n';
  writeFileSync(BENCHMARKS, replaceSection(before, name, content));
}
