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
      ['failedLogins.perAccount', '| `failedLogins.perAccount` ', '| `perAccount` '],
      ['failedLogins.perAccount', '| failures/day | 100 ', '| failures/day | 101 '],
      ['failedLogins.maxConsecutive', /(`failedLogins.maxConsecutive`\s*\|) failures /, '$1 days '],
      ['failedLogins.trustedNetworks', '| [] ', '| ["10.0.0.0/8"] '],
      ['failedLogins.trustedNetworks', 'networks and addresses', 'addresses'],
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
      ['failedLogins.enabled', 'failedLogins?: FailedLoginOptions', 'failedLogins?: object'],
      ['failedLogins.enabled', 'failedLogins?:', 'logins?:'],
      ['failedLogins.perAccount', 'perAccount?:', 'perUser?:'],
      ['failedLogins.enabled', 'enabled?: boolean', 'enabled?: number'],
      ['failedLogins.perAddress', /in any 24 hours(.*\n\s*perAddress)/, 'in a row$1'],
      ['failedLogins.maxConsecutive', /in a row(.*\n\s*maxConsecutive)/, 'in any 24 hours$1'],
      [
        'failedLogins.trustedNetworks',
        'trustedNetworks?: string | readonly string[]',
        'trustedNetworks?: string',
      ],
    ],
  },
  'plugin/shared/contracts/settings.ts': {
    disagreements: disagreementsOfContract,
    changes: [
      ['strict', "'boolean' | ", ''],
      ['inactivityTimeout', "'ms' | ", ''],
      ['failedLogins.trustedNetworks', "'networks' | ", ''],
      ['failedLogins.maxConsecutive', "'failures' | ", ''],
      ['failedLogins.perAccount', "'failures/day' | ", ''],
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
      ['inactivityTimeout', 'are terminated. (ms)', 'are terminated. (days)'],
      ['strict', /"strict": \{\s*"type": \["boolean"/, '"strict": { "type": ["string"'],
      ['failedLogins.perAccount', '"failedLogins.perAccount": {', '"perAccount": {'],
      ['failedLogins.perAddress', '"maximum": 100000,', '"maximum": 100001,'],
      ['failedLogins.trustedNetworks', '"type": ["array", "null"]', '"type": ["string", "null"]'],
      [
        'failedLogins.trustedNetworks',
        /("array", "null"\],\s*"items": \{\s*"type":) "string"/,
        '$1 "number"',
      ],
      ['failedLogins.trustedNetworks', '"default": []', '"default": ["10.0.0.0/8"]'],
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
