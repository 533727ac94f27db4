import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { until } from '../harness/process/until.mjs';
import { keepIdle } from '../harness/strapi/host.mjs';
import { LENDS_HOSTS, lendHosts } from '../harness/strapi/lent-hosts.mjs';
import { StrapiProcess } from '../harness/strapi/strapi-process.mjs';

const COUNTER = 'let count = 0; module.exports = () => (count += 1);';

/** An app that says how often its modules were used since they were loaded, and ends as Strapi does. */
const APP = {
  'node_modules/@strapi/core/index.js': COUNTER,
  'node_modules/strapi-plugin-magic-sessionmanager/index.js': COUNTER,
  'node_modules/koa/index.js': COUNTER,
  'src/index.js': COUNTER,
  'server.js': `
    const { PATIENCE, FAILS, LEAVES } = process.env;
    const names = ['@strapi/core', 'strapi-plugin-magic-sessionmanager', 'koa', './src'];
    const counts = names.map((name) => name + ' ' + require(name)());
    console.log([...counts, 'patience ' + PATIENCE, 'pid ' + process.pid].join(', '));
    if (FAILS) process.exit(3);
    const server = require('node:http').createServer().listen(0, '127.0.0.1');
    if (LEAVES) setInterval(() => {}, 1000);
    process.on('SIGTERM', async () => {
      await new Promise((resolve) => server.close(resolve));
      process.removeAllListeners();
      console.log('it has been shut down');
      process.exit();
    });
    console.log('it listens');`,
};

let app;
before(() => {
  app = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-'));
  for (const [file, text] of Object.entries(APP)) {
    mkdirSync(path.dirname(path.join(app, file)), { recursive: true });
    writeFileSync(path.join(app, file), text);
  }
});
after(() => rmSync(app, { recursive: true, force: true }));

describe('A Strapi in a process in which others ran before', () => {
  const start = (env = {}) => new StrapiProcess(app, 0, env, { isHosted: true });
  const listening = async (env) => {
    const strapi = start(env);
    await until('the app listens', () => strapi.log.includes('it listens'));
    return strapi;
  };

  it('has modules of Strapi, the plugin and the app of its own, and variables of its own', async () => {
    const first = await listening({ PATIENCE: '5' });
    await first.stop();
    const second = await listening();
    await second.stop();
    assert.equal(second.pid, first.pid);
    const counts = (koa) =>
      `@strapi/core 1, strapi-plugin-magic-sessionmanager 1, koa ${koa}, ./src 1`;
    assert.ok(first.log.startsWith(`${counts(1)}, patience 5, pid ${first.pid}\n`), first.log);
    assert.ok(second.log.startsWith(`${counts(2)}, patience undefined,`), second.log);
    assert.ok(second.log.endsWith('it listens\nit has been shut down\n'), second.log);
    assert.equal(await second.exited, 0);
  });

  it('is not reached by what is done to an earlier one', async () => {
    const first = await listening();
    await first.stop();
    const second = await listening();
    assert.equal(second.pid, first.pid);
    await first.kill();
    await second.stop();
    assert.equal(await second.exited, 0);
  });

  it('gets a new process after one that left something under way', async () => {
    const first = await listening({ LEAVES: 'a timer' });
    await first.stop();
    assert.equal(await first.exited, 0);
    const second = await listening();
    assert.notEqual(second.pid, first.pid);
    assert.ok(second.log.includes('koa 1,'), second.log);
    await second.stop();
  });

  it('gets a new process after one that failed or was killed', async () => {
    const failing = start({ FAILS: 'yes' });
    assert.equal(await failing.exited, 3);
    const killed = await listening();
    assert.notEqual(killed.pid, failing.pid);
    await killed.kill();
    assert.equal(await killed.exited, 'SIGKILL');
    const last = await listening();
    assert.notEqual(last.pid, killed.pid);
    await last.stop();
  });

  it('has a process of its own where a variable is read only once', async () => {
    const hosted = await listening();
    await hosted.stop();
    const alone = await listening({ NODE_OPTIONS: '--no-warnings' });
    assert.notEqual(alone.pid, hosted.pid);
    await alone.stop();
    const next = await listening();
    assert.equal(next.pid, hosted.pid);
    await next.stop();
    const debugged = await listening({ DEBUG: 'knex:query' });
    assert.notEqual(debugged.pid, hosted.pid);
    await debugged.stop();
  });
});

/** A test file that borrows a host of its runner, and says what its Strapi printed. */
const BORROWER = `
  import { StrapiProcess } from '${new URL('../harness/strapi/strapi-process.mjs', import.meta.url)}';
  import { until } from '${new URL('../harness/process/until.mjs', import.meta.url)}';

  const strapi = new StrapiProcess(process.env.APP, 0, {}, { isHosted: true });
  await until('the app listens', () => strapi.log.includes('it listens'));
  if (process.env.BREAKS) {
    console.log(strapi.log);
    process.exit(1);
  }
  await strapi.stop();
  console.log(strapi.log + (await strapi.exited));`;

describe('A process of a runner', () => {
  before(() => keepIdle(0));

  /** Runs such a file and returns what it printed. */
  async function borrow(variables) {
    const env = { ...process.env, [LENDS_HOSTS]: 'true', APP: app, ...variables };
    const args = ['--input-type=module', '--eval', BORROWER];
    const stdio = ['ignore', 'pipe', 'inherit', 'ipc'];
    const file = spawn(process.execPath, args, { env, stdio });
    const spent = lendHosts(file);
    const printed = text(file.stdout);
    await once(file, 'close');
    assert.ok(spent() >= 0);
    return await printed;
  }
  const pidIn = (log) => Number(/pid (\d+)/.exec(log)[1]);

  it('is lent to one test file after another', async () => {
    const first = await borrow();
    assert.match(first, /koa 1,/);
    const second = await borrow();
    assert.match(second, /@strapi\/core 1, strapi-plugin-magic-sessionmanager 1, koa 2,/);
    assert.match(second, /it has been shut down\n0\n$/);
    assert.equal(pidIn(second), pidIn(first));
  });

  it('is lent to nobody after a file that ended before its Strapi', async () => {
    const broken = await borrow({ BREAKS: 'yes' });
    assert.notEqual(pidIn(await borrow()), pidIn(broken));
  });
});
