import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { ROOT } from '../paths.mjs';
import { replaceSection } from '../sections.mjs';

const BENCHMARKS = path.join(ROOT, 'BENCHMARKS.md');

/** Says on what and when something was measured. */
export function machine() {
  const [{ model }, { length }] = [cpus()[0], cpus()];
  const date = new Date().toISOString().slice(0, 10);
  return `${model.trim()}, ${length} cores, Node ${process.version}, ${date}`;
}

/** Sets rows of texts as a table in Markdown. */
export function toTable(head, body) {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...body].map((row) => row[column].length)),
  );
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

/** Puts a section into BENCHMARKS.md, in place of the one of the same name. */
export function writeSection(name, content) {
  const before = existsSync(BENCHMARKS) ? readFileSync(BENCHMARKS, 'utf8') : '# Benchmarks\n';
  writeFileSync(BENCHMARKS, replaceSection(before, name, content));
}
