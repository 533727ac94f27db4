import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { until } from '../../harness/process/until.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const OPTIONS = ['--force', '--exclude', 'files'];

/** What must not leave a server: content types of ours, where users come from, sealed tokens. */
const OURS = [
  /"uid":"plugin::magic-sessionmanager/,
  /127\.0\.0\.1/,
  /Mozilla\/5\.0/,
  /v1\.[\w-]{6,}\.[\w-]{6,}\./,
];

inBothModes('A transfer', (mode) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-transfer-'));
  const archive = path.join(folder, 'export');
  let source;
  let target;
  let theirs;
  before(async () => {
    source = await TestServer.start({ mode });
    await source.admin.register();
    theirs = [await source.users.register(), await source.users.register()];
    target = await TestServer.start({ mode });
    await target.admin.register();
  });
  after(async () => {
    await source.dispose();
    await target.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const countIn = (table) =>
    Number(target.database.rows(`SELECT count(*) AS n FROM ${table}`)[0].n);

  /** The rows of the plugin on the target. */
  const rows = () => ({
    sessions: countIn('magic_sessionmanager_sessions'),
    entries: countIn('magic_sessionmanager_journal'),
    instants: countIn('magic_sessionmanager_not_befores'),
  });

  /** A user of the target with a live session, and one whose sessions an administrator ended. */
  async function usersOfTarget() {
    const [live, ended] = [await target.users.signUp(), await target.users.signUp()];
    await target.admin.terminateAll(ended.user.id);
    const logIns = () => target.admin.journal('filters[what]=session.created');
    await until('the journal is written', async () => (await logIns()).json.data.length >= 2);
    return { live, ended };
  }

  /** Asserts that a user of the source logs in and sees the own session alone. */
  async function assertOnlyOwn({ username }) {
    const { jwt, user } = await target.users.login(username);
    const own = await target.users.sessions(jwt);
    assert.equal(own.length, 1);
    const listed = await target.admin.sessionsOf(user.id);
    assert.deepEqual(
      listed.map(({ id, user: { username: name } }) => [id, name]),
      [[own[0].id, username]],
    );
    const found = (await target.admin.list(`_q=${username}`)).json.data;
    assert.deepEqual(
      found.map(({ id }) => id),
      [own[0].id],
    );
    const { data } = (await target.admin.journal(`filters[userId]=${user.id}`)).json;
    assert.ok(data.every(({ sessionId }) => sessionId === own[0].id));
  }

  it('takes nothing of the plugin along', async () => {
    const sessionIds = (await source.admin.list()).json.data.map(({ id }) => id);
    assert.equal(sessionIds.length, theirs.length);
    await source.stop();
    // As in an app that has never had the plugin; without it nobody may ask for the own sessions.
    source.database.run(`DELETE FROM up_permissions WHERE action LIKE 'plugin::magic%'`);
    await source.command(['export', '--no-encrypt', '--no-compress', '--file', archive]);
    const text = readFileSync(`${archive}.tar`, 'latin1');
    assert.ok(text.includes(theirs[0].username), 'the users are in it');
    for (const pattern of OURS) assert.equal(pattern.exec(text)?.[0], undefined);
    for (const id of sessionIds) assert.ok(!text.includes(id), 'a session is in it');
  });

  it('as an import leaves what is there, and shows nobody what is another’s', async () => {
    const { live, ended } = await usersOfTarget();
    const earlier = rows();
    await target.stop();
    await target.command(['import', '--file', `${archive}.tar`, ...OPTIONS]);
    await target.boot();
    for (const [name, count] of Object.entries(rows()))
      assert.ok(count >= earlier[name], `${name}: ${count} of ${earlier[name]}`);
    for (const { jwt, refreshToken } of [live, ended]) {
      assertStatus(await target.users.me(jwt), 401);
      if (hasRefreshTokens(mode)) assertStatus(await target.users.tryRefresh(refreshToken), 401);
    }
    await target.admin.login();
    for (const user of theirs) await assertOnlyOwn(user);
  });

  it('that is pushed into a live server does so as well', async () => {
    await source.boot();
    const { live, ended } = await usersOfTarget();
    const earlier = rows();
    await target.admin.changeSettings({ maxSessionsPerUser: 7 });
    const made = await target.admin.request('POST', '/admin/transfer/tokens', {
      name: 'push',
      description: '',
      lifespan: null,
      permissions: ['push'],
    });
    assertStatus(made, 201);
    const to = ['--to', `http://127.0.0.1:${target.port}/admin`];
    await source.command(['transfer', ...to, '--to-token', made.json.data.accessKey, ...OPTIONS]);
    for (const [name, count] of Object.entries(rows()))
      assert.ok(count >= earlier[name], `${name}: ${count} of ${earlier[name]}`);
    for (const { jwt, refreshToken } of [live, ended]) {
      assertStatus(await target.users.me(jwt), 401);
      if (hasRefreshTokens(mode)) assertStatus(await target.users.tryRefresh(refreshToken), 401);
    }
    for (const user of theirs) await assertOnlyOwn(user);
    assert.equal((await target.admin.setting('maxSessionsPerUser')).value, 7);
  });

  it('whose users have the ids of others gives nobody the sessions of those', async () => {
    const { username, json } = await target.users.register();
    const { id } = json.user;
    await until('the login is in the journal', async () => {
      const { data } = (await target.admin.journal(`filters[userId]=${id}`)).json;
      return data.length > 0;
    });
    // As where an import has deleted the user and given the id to another one.
    target.database.run(`UPDATE up_users SET document_id = 'another' WHERE id = ${id}`);
    assertRefused(await target.users.me(json.jwt), 'user_deleted');
    if (hasRefreshTokens(mode)) assertStatus(await target.users.tryRefresh(json.refreshToken), 401);
    await assertOnlyOwn({ username });
  });
});
