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

/** The most lines that a page may have; CONTRIBUTING is as short as the README. */
const LONGEST_README = 170;
const LONGEST_PAGE = 200;

/** The routes of both APIs, each as `GET /path/{parameter}`. */
function routes() {
  const { paths } = JSON.parse(textOf('docs/openapi.json'));
  return Object.entries(paths).flatMap(([route, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${route}`),
  );
}

/** What the curl commands of a page ask for, each as `GET /path`, without a query. */
function curledIn(page) {
  const blocks = [...textOf(page).matchAll(/^```sh\n(.+?)^```/gms)].map(([, block]) => block);
  return blocks.flatMap((block) => {
    const api = /^API=https?:\/\/[^/]+(\/\S+)$/m.exec(block)?.[1];
    return [...block.matchAll(/^curl .*\$API(\/[^\s"?]+).*$/gm)].map(([command, path]) => {
      const method = / -X (\w+) /.exec(command)?.[1] ?? 'GET';
      return `${method} ${api}${path}`;
    });
  });
}

/** The route that answers a request: one without parameters comes first. */
function routeOf(request) {
  const matches = (route) => new RegExp(`^${route.replace(/\{\w+\}/g, '[^/]+')}$`).test(request);
  return routes().find((route) => route === request) ?? routes().find(matches) ?? request;
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
    for (const page of ['CONTRIBUTING.md', ...PAGES]) isLinkedFrom('README.md', page);
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

  it('are short enough to be read', () => {
    const linesOf = (file) => textOf(file).trimEnd().split('\n').length;
    for (const page of ['README.md', 'CONTRIBUTING.md']) {
      assert.ok(linesOf(page) <= LONGEST_README, page);
    }
    for (const page of [...PAGES, ...DECISIONS]) assert.ok(linesOf(page) <= LONGEST_PAGE, page);
  });

  it('begin each page with a paragraph that says for whom it is', () => {
    for (const page of [...PAGES, ...DECISIONS])
      assert.match(textOf(page), /^# .+\n\nFor [^#]+\.\n/, page);
  });

  it('show every route by curl, and no other', () => {
    assert.deepEqual(curledIn('docs/api.md').map(routeOf).sort(), routes().sort());
  });

  it('have a client with words for every reason', () => {
    const { schemas } = JSON.parse(textOf('docs/openapi.json')).components;
    const client = textOf('docs/examples/session-client.mjs');
    for (const reason of schemas.BuiltInReason.enum) {
      assert.match(client, new RegExp(`^  ${reason}: '`, 'm'), reason);
    }
  });

  it('name for each promise a test that exists', () => {
    const [, promises] = /^## Promises\n(.+?)^## /ms.exec(textOf('SECURITY.md'));
    const bullets = promises.split(/^- /m).slice(1);
    assert.ok(bullets.length >= 15);
    for (const bullet of bullets) {
      const names = [...bullet.matchAll(/`((?:[a-z-]+\/)+[a-z-]+)`/g)].map(([, name]) => name);
      const exists = (file) => existsSync(path.join(ROOT, file));
      const missing = names.filter(
        (name) =>
          !exists(`tests/strapi/${name}.test.mjs`) && !exists(`${name}.test.mjs`) && !exists(name),
      );
      assert.ok(names.length > 0, `no test is named: ${bullet}`);
      assert.deepEqual(missing, [], bullet);
    }
  });
});
