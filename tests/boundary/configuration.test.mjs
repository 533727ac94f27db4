import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { describeSettings } from '../harness/core/core.mjs';

const PAGE = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const COLUMNS = ['name', 'unit', 'default', 'takes'];

/** The rows of the table of options, each as an object of its plain cells. */
function documentedOptions() {
  const table = PAGE.split('\n## Options\n')[1].split('\n## ')[0];
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((line) => {
    const cells = line.split('|').slice(1, 5);
    return Object.fromEntries(
      cells.map((cell, at) => [COLUMNS[at], cell.replaceAll('`', '').trim()]),
    );
  });
}

describe('The table of options in the documentation', () => {
  it('has every option that the core takes, in its order, and no other', () => {
    const documented = documentedOptions().map(({ name }) => name);
    assert.deepEqual(
      documented,
      describeSettings().map(({ name }) => name),
    );
  });

  it('gives the units, defaults and bounds of the core', () => {
    for (const option of describeSettings()) {
      if (option.kind === 'secret') continue;
      const row = documentedOptions().find(({ name }) => name === option.name);
      assert.equal(row.unit, option.unit ?? '–', option.name);
      assert.equal(row.default, String(option.default), option.name);
      assert.match(row.takes, takes(option), option.name);
    }
  });
});

/** What stands under "Takes" for an option. */
function takes({ kind, min, max, choices }) {
  if (kind === 'boolean') return /^true, false$/;
  if (kind === 'choice') return new RegExp(`^${choices.join(', ')}$`);
  return min === -1
    ? new RegExp(`^[01] to ${max}, or -1 or null$`)
    : new RegExp(`^${min} to ${max}$`);
}
