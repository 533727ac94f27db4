import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { PLUGIN } from '../paths.mjs';

const SOURCES = path.join(PLUGIN, 'server', 'src');

/** Replaces clock.ts. The test that loads the modules sets the time. */
const CLOCK = `
  const time = { nowMs: () => 0, monotonicMs: () => 0 };
  module.exports = { time, nowMs: () => time.nowMs(), monotonicMs: () => time.monotonicMs() };`;

/** Modules of the server, loaded one by one without Strapi and with a clock that stands still. */
export class ServerModules {
  #folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-modules-'));
  #require = createRequire(path.join(this.#folder, 'index.js'));

  #translated = new Set(['clock']);

  constructor() {
    writeFileSync(path.join(this.#folder, 'clock.js'), CLOCK);
  }

  /** Translates a module and those that it imports; most tests need a few of them. */
  #translate(name) {
    if (this.#translated.has(name)) return;
    this.#translated.add(name);
    const source = readFileSync(path.join(SOURCES, `${name}.ts`), 'utf8');
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(source, { compilerOptions });
    const target = path.join(this.#folder, `${name}.js`);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, outputText);
    for (const [, specifier] of outputText.matchAll(/require\("(\.[^"]+)"\)/g)) {
      this.#translate(path.posix.join(path.posix.dirname(name), specifier));
    }
  }

  /** Loads a module by its path below the server's sources, without extension. */
  load(name) {
    this.#translate(name);
    return this.#require(`./${name}`);
  }

  /** The two clocks of the modules, to be replaced. */
  get time() {
    return this.load('clock').time;
  }

  dispose() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
