/**
 * Shows the plugin at work in a Strapi app, into which it is installed as a user would.
 *
 * Users log in, log out and guess passwords on three days, and today. Each day is a start of Strapi
 * with the clock of that day. Then the demo prints where to look, and goes on until Ctrl-C. With
 * `--keep` it starts with the data of the last run.
 */
import { packedPlugin } from '../tests/harness/app/packed-plugin.mjs';
import { preparedApp } from '../tests/harness/app/prepared-app.mjs';
import { request } from '../tests/harness/clients/request.mjs';
import { step } from '../tests/harness/process/run.mjs';
import { announcement } from './lib/demo/announcement.mjs';
import { hasData, keptSecrets, newSecrets } from './lib/demo/data.mjs';
import { demoPort, startDemoServer } from './lib/demo/server.mjs';
import { DemoStory } from './lib/demo/story.mjs';
import { keepBusy } from './lib/demo/traffic.mjs';
import { ensureRootInstall, requireNode } from './lib/set-up/root-setup.mjs';

const DAY_MS = 24 * 60 * 60_000;

requireNode();

let end = () => process.exit(130);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end());

try {
  await demo({ isKept: process.argv.includes('--keep') });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function demo({ isKept }) {
  const port = await demoPort();
  if (isKept && !hasData()) throw new Error('There are no data to keep: run npm run demo first.');
  await ensureRootInstall();
  const app = await preparedApp(await packedPlugin());
  const send = (method, path, options) => request(port, method, path, options);
  const story = new DemoStory(send);
  const secrets = isKept ? keptSecrets() : newSecrets();
  if (!isKept) await playPast(story, (lateMs) => startDemoServer(app, port, { secrets, lateMs }));

  const server = await step('Starting Strapi', () => startDemoServer(app, port, { secrets }));
  const devices = await story.today();
  const rest = keepBusy(devices);
  await send('GET', '/admin');
  console.log(announcement(port, story.token));

  let ending = false;
  end = () => {
    ending = true;
    rest();
    console.log('\n  Stopping Strapi …');
    server.stop();
  };
  const code = await server.exited;
  if (ending) process.exit(0);
  throw new Error(`Strapi exited by itself with ${code}. It printed:\n${server.log}`);
}

/** Plays the days before today; `startAt(lateMs)` starts Strapi with a clock that is late. */
async function playPast(story, startAt) {
  for (const { daysAgo, title, act } of story.pastDays) {
    await step(`Playing ${title}`, async () => {
      const server = await startAt(daysAgo * DAY_MS);
      await act();
      await server.stop();
    });
  }
}
