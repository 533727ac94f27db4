import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';

const NEW_PASSWORD = 'Better-Horse-2';
const DAY_MS = 86_400_000;

/** How many requirements each section of chapter V7 of OWASP ASVS 5.0 has. */
const SECTIONS = { 7.1: 3, 7.2: 4, 7.3: 2, 7.4: 5, 7.5: 3, 7.6: 2 };

const documentText = (name) => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');

/** The row of an option in the documentation. */
function documentedOption(name) {
  const row = documentText('docs/configuration.md')
    .split('\n')
    .find((line) => line.startsWith(`| \`${name}\``));
  assert.ok(row, `docs/configuration.md says nothing of ${name}`);
  return row.split('|').map((cell) => cell.trim());
}

/** The section of SECURITY.md with a title, without line ends. */
function securitySection(title) {
  const [, section] = documentText('SECURITY.md').split(`\n## ${title}\n`);
  assert.ok(section, `SECURITY.md has no section "${title}"`);
  return section.split('\n## ')[0].replaceAll('\n', ' ');
}

/**
 * The chapter, requirement by requirement, each in our own words: what `shows` that the plugin does
 * it, or `because` of what it is not the plugin's to do. `except` says what of a requirement is left
 * to the app.
 */
const REQUIREMENTS = [
  {
    id: '7.1.1',
    asks: 'idle and absolute timeouts are written down, with reasons where NIST SP 800-63B says otherwise',
    async shows({ server }) {
      const text = securitySection('Timeouts');
      assert.match(text, /NIST SP 800-63B/);
      for (const name of ['inactivityTimeout', 'absoluteTimeout']) {
        const { value } = await server.admin.setting(name);
        assert.ok(text.includes(`\`${name}\``));
        assert.equal(documentedOption(name)[3], String(value));
      }
    },
  },
  {
    id: '7.1.2',
    asks: 'how many sessions a user may have, and what happens beyond that, is written down',
    async shows({ server }) {
      for (const name of ['maxSessionsPerUser', 'onLimit']) {
        const { value } = await server.admin.setting(name);
        assert.equal(documentedOption(name)[3], String(value));
      }
    },
  },
  {
    id: '7.1.3',
    asks: 'systems of a federation, and how their sessions depend on each other, are written down',
    shows() {
      assert.match(securitySection('Known limits'), /login through another provider/);
    },
  },
  {
    id: '7.2.1',
    asks: 'tokens are verified by a trusted service in the back end',
    async shows({ server }) {
      const { jwt } = await server.users.signUp();
      const [header, payload, signature] = jwt.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url'));
      const forged = Buffer.from(JSON.stringify({ ...claims, id: 1, userId: '1' }));
      const forgedToken = [header, forged.toString('base64url'), signature].join('.');
      assertStatus(await server.users.me(forgedToken), 401);
      assertStatus(await server.users.me(jwt), 200);
    },
  },
  {
    id: '7.2.2',
    asks: 'tokens are made for each session; no fixed secret stands for one',
    async shows({ server }) {
      const { username, json } = await server.users.register();
      const again = await server.users.login(username);
      assert.notEqual(again.jwt, json.jwt);
      const sessions = await server.users.sessions(again.jwt);
      assert.equal(new Set(sessions.map(({ id }) => id)).size, 2);
    },
  },
  {
    id: '7.2.3',
    asks: 'what refers to a session is unique and holds 128 random bits',
    async shows({ server }) {
      const { username, json } = await server.users.register();
      for (let login = 0; login < 63; login += 1) await server.users.login(username);
      const ids = (await server.admin.sessionsOf(json.user.id)).map(({ id }) => id);
      assert.equal(new Set(ids).size, 64);
      const numbers = ids.map((id) => BigInt(`0x${id}`));
      const all = (1n << 128n) - 1n;
      const ever = numbers.reduce((sum, number) => sum | number);
      const always = numbers.reduce((sum, number) => sum & number);
      assert.equal(ever, all, 'each of the 128 bits is sometimes 1');
      assert.equal(always, 0n, 'and sometimes 0');
    },
  },
  {
    id: '7.2.4',
    asks: 'signing in, also again, makes a new token and terminates the current session',
    except: 'a login does not say which earlier session it replaces, so that one goes on',
    async shows({ server }) {
      const { username, json } = await server.users.register();
      const { id } = await server.users.currentSession(json.jwt);
      const login = await server.users.login(username);
      assert.notEqual((await server.users.currentSession(login.jwt)).id, id);
      const { jwt } = await changePassword(server, json.jwt);
      assert.notEqual((await server.users.currentSession(jwt)).id, id);
      assertRefused(await server.users.me(json.jwt), 'password_changed');
    },
  },
  {
    id: '7.3.1',
    asks: 'an idle session needs a new login',
    async shows({ server }) {
      const person = await server.users.signUp();
      await age(server, person, 'last_seen_at_ms', DAY_MS);
      assertRefused(await server.users.me(person.jwt), 'idle');
    },
  },
  {
    id: '7.3.2',
    asks: 'no session lives longer than the absolute timeout',
    async shows({ server }) {
      const person = await server.users.signUp();
      await age(server, person, 'logged_in_at_ms', 31 * DAY_MS);
      assertRefused(await server.users.me(person.jwt), 'expired');
    },
  },
  {
    id: '7.4.1',
    asks: 'a terminated session is of no more use: its tokens are refused by the back end',
    async shows({ server, mode }) {
      const { jwt, refreshToken } = await server.users.signUp();
      assertStatus(await server.users.own(jwt, 'POST', '/logout'), 200);
      assertRefused(await server.users.me(jwt), 'logout');
      if (hasRefreshTokens(mode)) assertStatus(await server.users.tryRefresh(refreshToken), 401);
    },
  },
  {
    id: '7.4.2',
    asks: 'all sessions of an account end when it is disabled or deleted',
    async shows({ server }) {
      const [blocked, deleted] = [await server.users.signUp(), await server.users.signUp()];
      assertStatus(await server.admin.block(blocked.user.id), 200);
      assertRefused(await server.users.me(blocked.jwt), 'user_blocked');
      await server.admin.deleteUser(deleted.user.id);
      assertRefused(await server.users.me(deleted.jwt), 'user_deleted');
    },
  },
  {
    id: '7.4.3',
    asks: 'another password ends the other sessions, or offers to',
    async shows({ server }) {
      const { username, json } = await server.users.register();
      const other = await server.users.login(username);
      const { jwt } = await changePassword(server, json.jwt);
      assertRefused(await server.users.me(other.jwt), 'password_changed');
      assertStatus(await server.users.me(jwt), 200);
    },
  },
  {
    id: '7.4.4',
    asks: 'every page behind a login has a logout in sight',
    because: 'the pages are those of the front end, which finds POST /logout for its button',
  },
  {
    id: '7.4.5',
    asks: 'administrators can end the sessions of one user, or of all',
    async shows({ server }) {
      const [one, another] = [await server.users.signUp(), await server.users.signUp()];
      assertStatus(await server.admin.terminateAll(one.user.id), 200);
      assertRefused(await server.users.me(one.jwt), 'admin');
      assertStatus(await server.users.me(another.jwt), 200);
      assertStatus(await server.admin.terminateMatching({ filters: {} }), 200);
      assertRefused(await server.users.me(another.jwt), 'admin');
    },
  },
  {
    id: '7.5.1',
    asks: 'who changes what logins depend on has to sign in again first',
    because:
      'such attributes are changed through routes of Strapi and of the app; users-permissions asks for the present password before it takes another one',
  },
  {
    id: '7.5.2',
    asks: 'users see their sessions and can terminate each of them, after signing in again',
    except: 'Strapi knows no second look at a password within a session, so none is asked for',
    async shows({ server }) {
      const { username, json } = await server.users.register();
      const other = await server.users.login(username);
      const { id } = await server.users.currentSession(other.jwt);
      const listed = (await server.users.sessions(json.jwt)).map((session) => session.id);
      assert.ok(listed.includes(id));
      assertStatus(await server.users.own(json.jwt, 'DELETE', `/my-sessions/${id}`), 200);
      assertRefused(await server.users.me(other.jwt), 'logout_remote');
      assertStatus(await server.users.own(json.jwt, 'POST', '/logout-all'), 200);
      assertRefused(await server.users.me(json.jwt), 'logout_all');
    },
  },
  {
    id: '7.5.3',
    asks: 'very sensitive actions ask for another factor, or once more for one',
    because: 'which actions those are only the app knows, and factors are not sessions',
  },
  {
    id: '7.6.1',
    asks: 'sessions of relying parties and identity providers live and end together as is written down',
    because:
      'users-permissions asks a provider once, at the login; the session then lives by its own timeouts, as SECURITY.md says',
  },
  {
    id: '7.6.2',
    asks: 'no session begins without consent or an action of the user',
    async shows({ server }) {
      const { username } = await server.users.register();
      const count = () =>
        server.database.rows('SELECT count(*) AS n FROM magic_sessionmanager_sessions')[0].n;
      const before = count();
      await server.request('GET', '/api/articles');
      await server.request('GET', '/api/connect/google');
      await server.users.own('nonsense', 'GET', '/current-session');
      await server.request('POST', '/api/auth/forgot-password', {
        body: { email: `${username}@example.test` },
      });
      assert.equal(count(), before);
      await server.users.login(username);
      assert.equal(count(), before + 1);
    },
  },
];

async function changePassword(server, jwt) {
  const body = {
    currentPassword: PASSWORD,
    password: NEW_PASSWORD,
    passwordConfirmation: NEW_PASSWORD,
  };
  const answer = await server.request('POST', '/api/auth/change-password', { bearer: jwt, body });
  assertStatus(answer, 200);
  return answer.json;
}

/** Lets a session look as old as the clean-up would find it after so long. */
async function age(server, { user }, column, ms) {
  const [{ id }] = await server.admin.sessionsOf(user.id);
  server.database.run(
    `UPDATE magic_sessionmanager_sessions SET ${column} = ${column} - ${ms} WHERE session_id = '${id}'`,
  );
  await server.admin.cleanUp();
}

describe('OWASP ASVS 5.0, chapter V7', () => {
  it('is covered requirement by requirement', (test) => {
    const ids = Object.entries(SECTIONS).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
    );
    assert.deepEqual(
      REQUIREMENTS.map(({ id }) => id),
      ids,
    );
    for (const { id, asks, shows, because, except } of REQUIREMENTS) {
      assert.equal(typeof shows === 'function', because === undefined, `${id}: one of the two`);
      const verdict = shows ? `shown${except ? `; but ${except}` : ''}` : `not here: ${because}`;
      test.diagnostic(`${id} ${asks}: ${verdict}`);
    }
  });
});

inBothModes('OWASP ASVS 5.0, chapter V7, is met', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode, config: { onInactive: 'terminate' } });
    await server.admin.register();
  });
  after(() => server.dispose());

  for (const { id, asks, shows } of REQUIREMENTS.filter((requirement) => requirement.shows)) {
    it(`${id}: ${asks}`, () => shows({ server, mode }));
  }
});
