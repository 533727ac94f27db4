import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../harness/paths.mjs';

const DOCUMENTS = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'BENCHMARKS.md'];

const pagesIn = (folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
const PAGES = pagesIn('docs');
const DECISIONS = pagesIn('docs/decisions');

const textOf = (file) => readFileSync(path.join(ROOT, file), 'utf8');

/** The names by which a page's headings can be linked to, as GitHub forms them. */
function anchorsOf(file) {
  const headings = textOf(file).matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('The documents', () => {
  for (const file of [...DOCUMENTS, ...PAGES, ...DECISIONS]) {
    it(`link only to files and headings that are there: ${file}`, () => {
      const links = [...textOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
      for (const link of links.filter((target) => !/^https?:/.test(target))) {
        const [to, anchor] = link.split('#');
        const target = to ? path.join(path.dirname(file), to) : file;
        assert.ok(existsSync(path.join(ROOT, target)), `${link} is not there`);
        if (anchor) assert.ok(anchorsOf(target).includes(anchor), `${link} is no heading`);
      }
    });
  }

  it('can all be reached from the README', () => {
    const isLinkedFrom = (file, page) => assert.ok(textOf(file).includes(`](${page})`), page);
    for (const page of PAGES) isLinkedFrom('README.md', page);
    for (const page of DECISIONS) isLinkedFrom('CONTRIBUTING.md', page);
  });

  it('have decisions that each say why, how and to what effect', () => {
    for (const page of DECISIONS) {
      const [, ...decisions] = textOf(page).split(/^## /m);
      assert.ok(decisions.length > 0, page);
      for (const decision of decisions) {
        const [title] = decision.split('\n');
        const parts = [...decision.matchAll(/^\*\*(\w+)\.\*\* /gm)].map(([, name]) => name);
        assert.deepEqual(parts, ['Context', 'Decision', 'Consequence'], `${page}: ${title}`);
      }
    }
  });

  it('have a client with words for every reason', () => {
    const { schemas } = JSON.parse(textOf('docs/openapi.json')).components;
    const client = textOf('docs/examples/session-client.mjs');
    for (const reason of schemas.TerminationReason.enum) {
      assert.match(client, new RegExp(`^  ${reason}: '`, 'm'), reason);
    }
  });
});
