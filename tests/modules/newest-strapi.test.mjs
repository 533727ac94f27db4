import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canaryCell, CELLS } from '../harness/matrix/cells.mjs';
import { newestCompleteStrapi } from '../harness/matrix/newest-strapi.mjs';

const PARTS = ['@strapi/core', '@strapi/admin', '@strapi/plugin-users-permissions'];

/** A registry with whole releases of Strapi, without some packages of theirs. */
function registryOf(versions, missing = []) {
  const asked = [];
  const names = ['@strapi/strapi', ...PARTS, '@strapi/types'];
  const dependencies = (name, version) => {
    if (name === '@strapi/strapi')
      return Object.fromEntries([...PARTS.map((part) => [part, version]), ['vite', '5.4.21']]);
    if (name === '@strapi/core') return { '@strapi/types': version, '@strapi/icons': '^2.0.0' };
    // A circle, as some packages of Strapi make one.
    if (name === '@strapi/types') return { '@strapi/core': version };
    return {};
  };
  return {
    asked,
    versionsOf: async () => versions,
    async dependenciesOf(name, version) {
      asked.push(`${name}@${version}`);
      const isThere = names.includes(name) && !missing.includes(`${name}@${version}`);
      return isThere ? dependencies(name, version) : null;
    },
  };
}

describe('The newest Strapi that installs completely', () => {
  const versions = [
    '5.9.0',
    '5.54.0',
    '5.10.1',
    '5.55.1',
    '5.55.0',
    '6.0.0',
    '5.56.0-beta.1',
    '4.26.0',
  ];

  it('is the newest release of the major version, by its numbers', async () => {
    assert.equal(await newestCompleteStrapi(registryOf(versions)), '5.55.1');
  });

  it('is an earlier one while a part is missing', async () => {
    const missing = ['@strapi/admin@5.55.1', '@strapi/plugin-users-permissions@5.55.0'];
    assert.equal(await newestCompleteStrapi(registryOf(versions, missing)), '5.54.0');
  });

  it('is an earlier one while a part of a part is missing', async () => {
    const missing = ['@strapi/types@5.55.1'];
    assert.equal(await newestCompleteStrapi(registryOf(versions, missing)), '5.55.0');
  });

  it('asks for no package twice, and for none of others', async () => {
    const registry = registryOf(versions, ['@strapi/types@5.55.1']);
    await newestCompleteStrapi(registry);
    assert.equal(new Set(registry.asked).size, registry.asked.length);
    assert.ok(registry.asked.every((name) => name.startsWith('@strapi/')));
  });

  it('is an error where there is none', async () => {
    const none = registryOf(['5.54.0'], ['@strapi/core@5.54.0']);
    await assert.rejects(newestCompleteStrapi(none), /No version 5 of Strapi is complete/);
  });
});

describe('The canary of the matrix', () => {
  it('is a cell of its own on a Strapi that no cell has', () => {
    const cell = canaryCell('5.99.0');
    assert.equal(cell.strapi, '5.99.0');
    assert.ok(!CELLS.includes(cell));
  });

  it('is none on a Strapi that a cell has', () => {
    assert.equal(canaryCell('5.54.0'), null);
  });
});
