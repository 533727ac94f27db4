import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packedPlugin } from '../harness/app/packed-plugin.mjs';
import { PLUGIN } from '../harness/paths.mjs';
import { npm } from '../harness/process/run.mjs';

/** What Strapi loads by itself and no code imports, so that nobody misses its types. */
const LOADED_BY_STRAPI = ['./strapi-admin', './strapi-server'];
const WITHOUT_TYPES = ['NoResolution', 'UntypedResolution'];

/** Why a problem is none, or undefined where it is one. */
function excuseFor({ kind, entrypoint, implementationFileName }) {
  if (LOADED_BY_STRAPI.includes(entrypoint) && WITHOUT_TYPES.includes(kind))
    return 'no code imports it';
  if (kind === 'NamedExports' && implementationFileName?.endsWith('.d.ts'))
    return 'it holds types and nothing that could run';
  return undefined;
}

describe('What checks a package before it is published', () => {
  let tarball;
  before(async () => (tarball = readFileSync(await packedPlugin())));

  it('finds nothing to say about its manifest (publint, strict)', async () => {
    const { messages, pkg } = await publint({
      pack: { tarball: Uint8Array.from(tarball).buffer },
      strict: true,
    });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg, { color: false })),
      [],
    );
  });

  it('finds every file of its exports (strapi-plugin verify)', async () => {
    await assert.doesNotReject(npm(['run', 'verify'], PLUGIN));
  });

  it('finds the types of all that code imports (attw)', async () => {
    const { problems } = await checkPackage(createPackageFromTarballData(tarball));
    assert.deepEqual(
      problems.filter((problem) => excuseFor(problem) === undefined),
      [],
    );
  });
});
