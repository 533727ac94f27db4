import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import ts from 'typescript';
import { describeSettings } from '../harness/core/core.mjs';
import { PackageContent } from '../harness/app/package-content.mjs';

const NAME = 'strapi-plugin-magic-sessionmanager';

/** A front end that shows a user's devices, and an app that configures the plugin and listens to it. */
const CONSUMER = `
import type {
  Actor, JournalPage, SessionsService, OwnSession, OwnSessionResponse, OwnSessionList, SessionEvents,
  SessionManagerOptions, SessionState, TerminateAllResponse, TerminationReason,
} from '${NAME}/types';

declare function ask<Answer>(path: string): Promise<Answer>;
declare function on<Name extends keyof SessionEvents>(
  name: Name, listener: (facts: SessionEvents[Name]) => void): void;
declare const sessions: SessionsService;

export async function devices(): Promise<string[]> {
  const { data, meta } = await ask<OwnSessionList>('/my-sessions');
  const lines = data.map(({ device, lastSeenAt, current }: OwnSession) =>
    [device.browser ?? device.type, lastSeenAt, current ? 'here' : ''].join(' '));
  return [...lines, String(meta.pagination.total)];
}

export async function logOut(id: string): Promise<TerminationReason | null> {
  const { data } = await ask<OwnSessionResponse>('/my-sessions/' + id);
  const state: SessionState = data.state;
  return state === 'terminated' ? data.reason : null;
}

export const others = async (): Promise<number> =>
  (await ask<TerminateAllResponse>('/logout-others')).data.terminated;

on('session.terminated', ({ session: { id, userId, reason } }) => {
  const end: [string, number, TerminationReason] = [id, userId, reason];
  void end;
});

export const endAll = (): Promise<void> => sessions.endBefore('everyone', 1, 'admin');

export async function administrators(): Promise<number[]> {
  const { data } = await ask<JournalPage>('/journal');
  const isAdmin = ({ type }: Actor) => type === 'admin';
  return data.flatMap(({ who }) => (isAdmin(who) && who.id !== null ? [who.id] : []));
}
`;

/** Statements that must not compile. */
const MISTAKES = {
  'a misspelt option': `const options: import('${NAME}/types').SessionManagerOptions = { inactivityTimout: 1 };`,
  'an option of another kind': `const options: import('${NAME}/types').SessionManagerOptions = { strict: 'yes' };`,
  'an unknown reason': `const reason: import('${NAME}/types').TerminationReason = 'boredom';`,
  'a fact that is not there': `declare const session: import('${NAME}/types').OwnSession; session.accessToken;`,
};

const STRICT = {
  strict: true,
  noEmit: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: [],
};

/** The ways in which TypeScript finds a package: bundlers, Node itself, and apps of Strapi. */
const RESOLUTIONS = {
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  node: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 },
};

describe('The types of the packed plugin', () => {
  let content;
  const folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-types-'));
  before(async () => {
    content = await PackageContent.open();
    mkdirSync(path.join(folder, 'node_modules'));
    renameSync(content.root, path.join(folder, 'node_modules', NAME));
  });
  after(() => {
    content.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Compiles a file and gives what the compiler says. */
  function complaints(text, resolution) {
    const file = path.join(folder, 'consumer.ts');
    writeFileSync(file, text);
    const program = ts.createProgram([file], { ...STRICT, ...resolution });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  }

  for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
    it(`serve a strict front end and app (moduleResolution ${name})`, () => {
      assert.deepEqual(complaints(CONSUMER, resolution), []);
    });
  }

  it('have every option of the core, with its default and null, and those of the server', () => {
    // A name with a dot stands in an object of its own.
    const within = (name, value) =>
      name.split('.').reduceRight((inner, part) => ({ [part]: inner }), value);
    const values = describeSettings().flatMap(({ name, default: fallback }) => [
      within(name, fallback ?? 'AAAA'),
      within(name, null),
    ]);
    values.push(
      { encryptionKeyPrevious: ['AAAA'] },
      { redis: false },
      { redis: 'redis://127.0.0.1' },
      { redis: { url: 'redis://127.0.0.1', prefix: 'x:', client: { pingInterval: 1000 } } },
      { principalCache: true },
      { principalCache: { maxAgeMs: 5000 } },
      { cleanupCron: '0 3 * * *' },
    );
    const type = `import('${NAME}/types').SessionManagerOptions`;
    const text = `export const options: ${type}[] = ${JSON.stringify(values)};`;
    assert.deepEqual(complaints(text, RESOLUTIONS.bundler), []);
  });

  for (const [name, statement] of Object.entries(MISTAKES)) {
    it(`refuse ${name}`, () => {
      assert.equal(complaints(`export {};\n${statement}`, RESOLUTIONS.bundler).length, 1);
    });
  }
});
