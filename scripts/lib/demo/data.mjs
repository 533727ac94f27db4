import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WORK } from '../../../tests/harness/paths.mjs';

/** The folder with everything that the demo writes, beside installed packages. */
export const DEMO_FOLDER = path.join(WORK, 'demo');

export const DATABASE_FILE = path.join(DEMO_FOLDER, 'data.db');
const SECRETS_FILE = path.join(DEMO_FOLDER, 'secrets.json');

/** Tells whether an earlier run has left its data. */
export function hasData() {
  return existsSync(SECRETS_FILE) && existsSync(DATABASE_FILE);
}

/** Reads the secrets of the data that an earlier run has left. */
export function keptSecrets() {
  return JSON.parse(readFileSync(SECRETS_FILE, 'utf8'));
}

/** Empties the folder and returns new secrets. */
export function newSecrets() {
  rmSync(DEMO_FOLDER, { recursive: true, force: true });
  mkdirSync(DEMO_FOLDER, { recursive: true });
  const secret = () => randomBytes(24).toString('base64url');
  const secrets = {
    APP_KEYS: `${secret()},${secret()}`,
    API_TOKEN_SALT: secret(),
    ADMIN_JWT_SECRET: secret(),
    TRANSFER_TOKEN_SALT: secret(),
    ENCRYPTION_KEY: secret(),
    JWT_SECRET: secret(),
    SESSION_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  };
  writeFileSync(SECRETS_FILE, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
