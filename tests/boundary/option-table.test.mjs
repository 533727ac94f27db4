import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { describeSettings } from '../harness/core/core.mjs';
import {
  disagreementsOfContract,
  disagreementsOfGroups,
  disagreementsOfKeys,
  disagreementsOfOpenApi,
  disagreementsOfPage,
  disagreementsOfTexts,
  disagreementsOfTypes,
} from '../harness/core/option-table.mjs';
import { ROOT } from '../harness/paths.mjs';

/**
 * Everything that repeats a part of the table, with changes of its text of which each has to be
 * found. A change names the option that it falsifies.
 */
const PLACES = {
  'docs/configuration.md': {
    disagreements: disagreementsOfPage,
    changes: [
      ['inactivityTimeout', /(`inactivityTimeout`\s*\|) ms/, '$1 days'],
      ['inactivityTimeout', '900000', '900001'],
      ['inactivityTimeout', '1000 to', '2000 to'],
      ['onInactive', '`mark`, `terminate`', '`mark`, `delete`'],
      ['maxSessionsPerUser', '1 to 1000, or -1 or `null`', '1 to 1000'],
      ['inactivityTimeout', 'A session is idle after', 'A session is deleted after'],
      ['strict', '| `strict` ', '| `stricter` '],
    ],
  },
  'plugin/admin/src/translations/en.json': {
    disagreements: disagreementsOfTexts,
    changes: [
      ['inactivityTimeout', 'A session is idle after', 'A session is deleted after'],
      ['strict', 'option.strict.description', 'option.stricter.description'],
      ['strict', 'option.strict.name', 'option.stricter.name'],
    ],
  },
  'plugin/admin/src/wording/optionTexts.ts': {
    disagreements: disagreementsOfGroups,
    changes: [
      ['strict', "'strict'", "'stricter'"],
      ['inactivityTimeout', "['inactivityTimeout', 'ms']", "['inactivityTimeout', 'days']"],
      ['strict', "['inactivityTimeout', 'ms'],", "['inactivityTimeout', 'ms'], ['strict', 'ms'],"],
    ],
  },
  'plugin/shared/options.ts': {
    disagreements: disagreementsOfTypes,
    changes: [
      ['strict', 'strict?: boolean', 'strict?: number'],
      ['strict', 'strict?:', 'stricter?:'],
      ['onInactive', "'mark' | 'terminate'", "'mark'"],
      ['inactivityTimeout', /Milliseconds(.*\n\s*inactivityTimeout)/, 'Days$1'],
    ],
  },
  'plugin/shared/contracts/settings.ts': {
    disagreements: disagreementsOfContract,
    changes: [
      ['strict', "'boolean' | ", ''],
      ['inactivityTimeout', "'ms' | ", ''],
      ['inactivityTimeout', '  description: string;', ''],
    ],
  },
  'plugin/server/src/services/settings/options.ts': {
    disagreements: disagreementsOfKeys,
    changes: [['encryptionKeyPrevious', 'encryptionKeyPrevious:', 'encryptionKeyOld:']],
  },
  'docs/openapi.json': {
    disagreements: disagreementsOfOpenApi,
    changes: [
      ['strict', '"strict": {', '"stricter": {'],
      ['inactivityTimeout', '"default": 900000', '"default": 900001'],
      ['inactivityTimeout', '"minimum": 1000', '"minimum": 2000'],
      ['inactivityTimeout', '"maximum": 31536000000', '"maximum": 31536000001'],
      ['inactivityTimeout', 'A session is idle after', 'A session is deleted after'],
      ['onInactive', '["mark", "terminate", null]', '["mark", null]'],
      ['inactivityTimeout', 'a quarter of it. (ms)', 'a quarter of it. (days)'],
      ['strict', /"strict": \{\s*"type": \["boolean"/, '"strict": { "type": ["string"'],
    ],
  },
};

describe("The core's table of options", () => {
  const table = describeSettings();

  it('describes every option in sentences', () => {
    for (const { name, description } of table) assert.match(description, /^[A-Z].*\.$/s, name);
  });

  for (const [file, { disagreements, changes }] of Object.entries(PLACES)) {
    const text = readFileSync(path.join(ROOT, file), 'utf8');

    it(`agrees with ${file}`, async () => {
      assert.deepEqual(await disagreements(table, text), []);
    });

    it(`would not agree with ${file} after any of ${changes.length} changes`, async () => {
      for (const [option, from, to] of changes) {
        const changed = text.replace(from, to);
        assert.notEqual(changed, text, `nothing to change: ${from}`);
        const found = await disagreements(table, changed);
        assert.ok(
          found.some((fault) => fault.includes(option)),
          `${from}: ${found}`,
        );
      }
    });
  }
});
