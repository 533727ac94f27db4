import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ROOT } from '../harness/paths.mjs';

const GOOD = `# A page

The plugin terminates a session within two seconds. \`ended session\` is code, and the end of the session is its
termination. Other sessions stay active.
`;

/** A sentence each, with a piece of the message that refuses it. */
const BAD = [
  ['Everybody logs in anew.', '"anew": again'],
  ['They are kept for\never.', '"for ever": forever'],
  ['The address of whoever asks is kept.', '"whoever"'],
  ['An ended session is refused.', '"ended session": terminate a session'],
  ['The session has **ended** by then.', '"session has ended": a session is terminated'],
  ['The session is over by then.', '"session is over": a session is terminated'],
  ['It ends all sessions of a user.', '"ends all sessions": terminate a session'],
  ['The present key seals.', '"The present key": current'],
  ['It gives the list of users.', '"gives the list of": returns, or shows'],
  ['What is left is deleted.', '"What …": name the subject'],
  ['It says so in the the log.', '"the the": the word once'],
  ['It is written in javascript.', 'JavaScript'],
  [`It ${'reads and '.repeat(18)}waits.`, 'words in one sentence'],
];

describe('The check of the prose', () => {
  let folder;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'prose-'))));
  after(() => rmSync(folder, { recursive: true }));

  const check = (text) => {
    const page = path.join(folder, 'page.md');
    writeFileSync(page, text);
    const script = path.join(ROOT, 'scripts/lint-prose.mjs');
    return spawnSync(process.execPath, [script, page], { encoding: 'utf8' });
  };

  it('passes a page in plain words, and code whatever it says', () => {
    const { status, stderr } = check(GOOD);
    assert.deepEqual([status, stderr], [0, '']);
  });

  it('refuses each sentence that is hard to read, in text, lists and tables', () => {
    const lines = BAD.map(([sentence]) => `- ${sentence.replace('\n', '\n  ')}\n`);
    const table = '\n| It | Does |\n| --- | --- |\n| this | begins anew |\n';
    const { status, stderr } = check(`# A page\n\n${lines.join('')}${table}`);
    assert.equal(status, 1);
    for (const [, refusal] of BAD) assert.ok(stderr.includes(refusal), `${refusal}\n${stderr}`);
    assert.equal(stderr.match(/"anew"/g)?.length, 2);
  });
});
