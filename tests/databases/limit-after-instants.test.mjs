import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { makeCore } from '../harness/core/core.mjs';
import { StoredSessions, snapshotOf } from '../harness/state-machine/stored-sessions.mjs';
import { inBothModes } from '../harness/strapi/modes.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const MAX = 2;
const REASON = 'password_changed';

/** The instants before one more login: whose, and after how many of the sessions. */
const INSTANTS = {
  'no instant': null,
  'an instant between the sessions': { who: 'user', ended: 1 },
  'an instant after all sessions': { who: 'user', ended: MAX },
  'an instant for everyone': { who: 'everyone', ended: MAX },
};

inBothModes('The session limit', (mode) => {
  let server;
  let stored;
  before(async () => {
    server = await TestServer.start({ mode, config: { maxSessionsPerUser: MAX } });
    await server.admin.register();
    stored = new StoredSessions(server);
    // The clean-up would terminate the rows that an instant has ended.
    await stored.holdCleanUp();
  });
  after(() => server.dispose());

  /** Raises an instant after some of the sessions have begun; returns what requests are judged by. */
  async function raise({ who, ended }, user, rows) {
    const next = rows[ended];
    const atMs = next === undefined ? Date.now() : Number(next.logged_in_at_ms);
    const whose = who === 'everyone' ? who : user.id;
    await stored.service('terminateBefore', whose, atMs, REASON);
    return { atMs, reason: REASON };
  }

  for (const onLimit of ['deny-new', 'evict-oldest'])
    for (const [name, instant] of Object.entries(INSTANTS)) {
      it(`counts no session that has ended (${onLimit}, ${name})`, async () => {
        assertStatus(await server.admin.changeSettings({ onLimit }), 200);
        const first = await stored.begin();
        const { user } = first;
        const logins = [first, await stored.logIn(user)];
        const rows = logins.map(({ sessionId }) => stored.rows().get(sessionId));
        const notBefore = instant && (await raise(instant, user, rows));
        const { denials, isDenied, evicted } = wanted({ onLimit, rows, notBefore });

        const answer = await server.users.tryLogin(user.username);
        assertStatus(answer, isDenied ? 403 : 200);
        for (const [place, { jwt, sessionId }] of logins.entries()) {
          const reason = evicted.includes(sessionId) ? 'session_limit' : denials[place];
          const next = await server.users.me(jwt);
          if (reason === null) assertStatus(next, 200);
          else assertRefused(next, reason);
          assert.equal(stored.rows().get(sessionId).reason, reason);
        }
      });
    }

  /** Applies the limit to the sessions of which the core would allow requests. */
  function wanted({ onLimit, rows, notBefore }) {
    const core = makeCore({ maxSessionsPerUser: MAX, onLimit });
    const now = Date.now();
    const denialOf = (row) => {
      const event = { type: 'requestSeen', notBefore };
      const { effects } = core.transition(snapshotOf(row), event, now);
      return effects.find(({ type }) => type === 'deny')?.reason ?? null;
    };
    const denials = rows.map(denialOf);
    core.free();
    const live = rows.filter((_, place) => denials[place] === null);
    const surplus = live.slice(0, Math.max(0, live.length + 1 - MAX));
    const isDenied = surplus.length > 0 && onLimit === 'deny-new';
    return { denials, isDenied, evicted: isDenied ? [] : surplus.map((row) => row.session_id) };
  }
});
