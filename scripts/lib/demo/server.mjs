import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { StrapiProcess } from '../../../tests/harness/strapi/strapi-process.mjs';
import { DATABASE_FILE } from './data.mjs';

const CLOCK = fileURLToPath(
  new URL('../../../tests/harness/preload/shift-clock.cjs', import.meta.url),
);
const DEFAULT_PORT = 1337;
const DAY_SECONDS = 24 * 60 * 60;

/** Reads the port from `PORT`; throws when it is no port or something listens on it already. */
export async function demoPort() {
  const text = process.env.PORT || String(DEFAULT_PORT);
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT is "${text}", which is no port number from 1 to 65535.`);
  }
  if (await isTaken(port)) {
    throw new Error(`Port ${port} is taken. Set another one: PORT=${port + 1} npm run demo`);
  }
  return port;
}

function isTaken(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(true));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(false)));
  });
}

/** Starts the app on the database of the demo, with a clock that is late by so many milliseconds. */
export async function startDemoServer(app, port, { secrets, lateMs = 0 }) {
  const env = {
    ...secrets,
    DATABASE_FILENAME: path.resolve(DATABASE_FILE),
    UP_JWT_MANAGEMENT: 'refresh',
    // The token that the demo prints works until its session is terminated.
    UP_ACCESS_TOKEN_SECONDS: String(DAY_SECONDS),
    RATE_LIMIT: 'false',
    // The devices say by X-Forwarded-For from where they come.
    TRUST_PROXY: 'true',
    TEST_CLOCK_OFF_MS: String(-lateMs),
  };
  const nodeFlags = lateMs > 0 ? ['--require', CLOCK] : [];
  return new StrapiProcess(app, port, env, { nodeFlags }).ready();
}
