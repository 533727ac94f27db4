import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { copyOfApp, removeCopy } from '../app/app-copy.mjs';
import { ROOT } from '../paths.mjs';
import { MODES } from '../strapi/modes.mjs';
import { TestServer } from '../strapi/test-server.mjs';
import { answersOf, everydayRequests } from './everyday-requests.mjs';
import { maskedAnswer } from './masked-answer.mjs';
import { ServerPair } from './server-pair.mjs';

/** The folders of the kinds of apps, each with the files in which it differs from the test app. */
const OVERLAYS = path.join(ROOT, 'tests', 'apps', 'overlays');

/**
 * Defines the tests that an app answers everyday requests with the plugin as without it, in both JWT
 * modes. `overlay` names the folder of its own files; `makeApp` makes it in another way, and returns its
 * folder, which is removed at the end. `env` adds variables. `start` starts its server, where that is no
 * usual one; `api` and `panel` are where its content API and its admin panel are; `requests` are more of
 * its own.
 */
export function comparedApp(title, { overlay, makeApp, ...options } = {}) {
  describe(title, () => {
    let app;
    before(async () => {
      if (overlay) app = await overlaidApp(overlay);
      if (makeApp) app = await makeApp();
    });
    after(() => app && removeCopy(app));

    for (const mode of MODES) {
      describe(mode, () => comparedMode(mode, { ...options, appOf: () => app }));
    }
  });
}

function comparedMode(mode, { appOf, env, start = startRegistered, requests: more, ...paths }) {
  const requests = everydayRequests(mode, more);
  let answers;
  before(async () => {
    const startApp = (variables) => start({ ...variables, app: appOf() });
    answers = await ServerPair.during({ mode, env, start: startApp }, (servers) =>
      servers.each((server) => answersOf(server, requests, paths)),
    );
  });

  for (const { title, status } of requests) {
    it(`answers as without the plugin when ${title}`, () => {
      const without = maskedAnswer(answers.without[title]);
      assert.equal(without.status, status, JSON.stringify(without.body));
      assert.deepEqual(maskedAnswer(answers.with[title]), without);
    });
  }
}

/** Makes a copy of the test app with the files of a kind of app on top, and returns its folder. */
export function overlaidApp(name) {
  return copyOfApp(path.join(OVERLAYS, name));
}

/** Starts a server that has an administrator; `options` are those of `TestServer`. */
export async function startRegistered(options) {
  const server = await TestServer.start(options);
  await server.admin.register();
  return server;
}
