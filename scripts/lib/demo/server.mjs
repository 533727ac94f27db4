import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { StrapiProcess } from '../../../tests/harness/strapi/strapi-process.mjs';
import { WORK } from '../../../tests/harness/paths.mjs';

const FOLDER = path.join(WORK, 'demo');
const DEFAULT_PORT = 1337;

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

/** Starts the app on an empty database with secrets of its own. */
export async function startDemoServer(app, port) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const secret = () => randomBytes(24).toString('base64url');
  const server = new StrapiProcess(app, port, {
    DATABASE_FILENAME: path.join(FOLDER, 'data.db'),
    UP_JWT_MANAGEMENT: 'refresh',
    RATE_LIMIT: 'false',
    APP_KEYS: `${secret()},${secret()}`,
    API_TOKEN_SALT: secret(),
    ADMIN_JWT_SECRET: secret(),
    TRANSFER_TOKEN_SALT: secret(),
    ENCRYPTION_KEY: secret(),
    JWT_SECRET: secret(),
    SESSION_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  });
  return server.ready();
}
