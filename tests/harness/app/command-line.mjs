import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { databaseIn } from '../databases/database.mjs';
import { capture } from '../process/run.mjs';
import { testVariables } from '../strapi/test-server.mjs';
import { copyOfApp, removeCopy } from './app-copy.mjs';
import { QUIET_STRAPI, strapiCommand } from './strapi-cli.mjs';

/** Strapi's command line in a copy of the test app, with a database of its own. */
export class CommandLine {
  #app;
  #folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-commands-'));
  #database;
  #env;

  /** Copies the app and creates its database; `env` adds variables. */
  static async open(env = {}) {
    const line = new CommandLine();
    line.#app = await copyOfApp();
    line.#database = databaseIn(line.#app, line.#folder);
    await line.#database.create();
    const own = testVariables({ env: { ...QUIET_STRAPI, NODE_ENV: 'production', ...env } });
    line.#env = { ...process.env, NODE_OPTIONS: '', ...line.#database.env, ...own };
    return line;
  }

  /** Runs a command that gets no input, and returns its exit code and all that it printed. */
  async run(args) {
    const command = [strapiCommand(this.#app), ...args];
    const options = { cwd: this.#app, env: this.#env };
    try {
      return { code: 0, output: await capture(process.execPath, command, options) };
    } catch (error) {
      if (!('code' in error && 'output' in error)) throw error;
      return error;
    }
  }

  /** Lists the names of all commands, as the help does. */
  async commands() {
    const { output } = await this.run(['--help']);
    const [, list] = output.split(/^Commands:$/m);
    return Array.from(list.matchAll(/^ {2}([\w:-]+)/gm), ([, name]) => name);
  }

  /** Removes the app and its database. */
  close() {
    this.#database.drop();
    rmSync(this.#folder, { recursive: true, force: true });
    removeCopy(this.#app);
  }
}
