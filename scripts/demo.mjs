/**
 * Shows the plugin at work: installs it into a Strapi app as a user would, fills the app with
 * users who log in and do things, and prints where to look. Ctrl-C ends it.
 */
import { request } from '../tests/harness/clients/request.mjs';
import { DEMO_ADMIN, DEMO_PASSWORD, DEMO_PEOPLE } from './lib/demo/people.mjs';
import { demoPort, startDemoServer } from './lib/demo/server.mjs';
import { DemoDevice, keepBusy } from './lib/demo/traffic.mjs';
import { packedPlugin } from '../tests/harness/app/packed-plugin.mjs';
import { preparedApp } from '../tests/harness/app/prepared-app.mjs';
import { ensureRootInstall, requireNode } from './lib/set-up/root-setup.mjs';
import { step } from '../tests/harness/process/run.mjs';

requireNode();

let end = () => process.exit(130);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end());

try {
  await demo();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function demo() {
  const port = await demoPort();
  await ensureRootInstall();
  const app = await preparedApp(await packedPlugin());
  const server = await step('Starting Strapi', () => startDemoServer(app, port));
  const send = (method, path, options) => request(port, method, path, options);

  const devices = await step('Creating an administrator and users, and logging them in', () =>
    populate(send),
  );
  const rest = keepBusy(devices);
  await send('GET', '/admin');
  announce(port);

  let ending = false;
  end = () => {
    ending = true;
    server.stop();
  };
  const code = await server.exited;
  rest();
  if (ending) process.exit(0);
  throw new Error(`Strapi ended by itself with ${code}. It printed:\n${server.log}`);
}

/** Creates everyone and logs every device in; the registrations are sessions as well. */
async function populate(send) {
  expectOk(await send('POST', '/admin/register-admin', { body: DEMO_ADMIN }));
  const devices = [];
  for (const { username, devices: userAgents } of DEMO_PEOPLE) {
    const body = { username, email: `${username}@example.test`, password: DEMO_PASSWORD };
    const headers = { 'user-agent': userAgents[0] };
    expectOk(await send('POST', '/api/auth/local/register', { body, headers }));
    for (const userAgent of userAgents) devices.push(new DemoDevice(send, username, userAgent));
  }
  for (const device of devices) await device.logIn();
  return devices;
}

function expectOk(answer) {
  if (answer.status !== 200) throw new Error(`the demo cannot begin: ${answer.text}`);
}

function announce(port) {
  console.log(`
  Sessions    http://127.0.0.1:${port}/admin/plugins/magic-sessionmanager
  E-mail      ${DEMO_ADMIN.email}
  Password    ${DEMO_ADMIN.password}

  ${DEMO_PEOPLE.length} users are logged in and keep asking for something. Terminate a session and
  watch here what becomes of it. Ctrl-C ends the demo.
`);
}
