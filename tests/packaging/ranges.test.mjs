import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { resultsIn } from '../harness/matrix/table.mjs';
import { PackageContent } from '../harness/app/package-content.mjs';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const PAGE = readFileSync(new URL('../../docs/compatibility.md', import.meta.url), 'utf8');
const RUN = resultsIn(PAGE).filter(({ verdict }) => verdict === 'passed');
const MAJORS = [...new Set(RUN.map(({ cell }) => cell.node))];
const MINORS = RUN.map(({ cell }) => Number(cell.strapi.split('.')[1]));

describe('The ranges that the package declares', () => {
  let content;
  const modules = new ServerModules();
  const { untestedVersions } = modules.load('start/tested-versions');
  before(async () => (content = await PackageContent.open()));
  after(() => {
    content.close();
    modules.dispose();
  });

  it('name the versions of Node that were run, and no others', () => {
    const range = MAJORS.map((major) => `${major}.x`).join(' || ');
    assert.equal(content.manifest.engines.node, range);
  });

  it('name Strapi 5 from the first version that was run', () => {
    assert.equal(
      content.manifest.peerDependencies['@strapi/strapi'],
      `^5.${Math.min(...MINORS)}.0`,
    );
  });

  it('are those that the server does not warn of', () => {
    for (const { cell } of RUN) {
      assert.equal(untestedVersions({ strapi: cell.strapi, node: `${cell.node}.0.0` }), null);
    }
    const strapi = `5.${Math.max(...MINORS) + 1}.0`;
    assert.match(untestedVersions({ strapi, node: '20.0.0' }), /^not tested with Strapi/);
    const node = `${Math.max(...MAJORS) + 1}.0.0`;
    assert.match(untestedVersions({ strapi: '5.0.0', node }), /^not tested with Node/);
  });
});
