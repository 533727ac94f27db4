import assert from 'node:assert/strict';
import { generateKeyPairSync, KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

/** Resolves packages as users-permissions does. */
const require = createRequire(
  createRequire(import.meta.url).resolve('@strapi/plugin-users-permissions/package.json'),
);
const SECRET = 'a secret of users-permissions';
const RSA = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** A copy of jsonwebtoken that records the secrets it is called with. */
const RECORDING = `
  const jwt = require(${JSON.stringify(require.resolve('jsonwebtoken'))});
  exports.secrets = [];
  const recording = (use) => (token, secret, ...others) => {
    exports.secrets.push(secret);
    return use(token, secret, ...others);
  };
  exports.sign = recording(jwt.sign);
  exports.verify = recording(jwt.verify);`;

// How a secret reaches jsonwebtoken cannot be seen from outside of the server.
describe('The secret of users’ tokens', () => {
  const modules = new ServerModules();
  const { skipSecretParsing } = modules.load('seams/tokens/secret-parsing');
  const folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-secret-'));
  after(() => {
    modules.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (file, text) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };

  /** Lays out an app whose packages are links, as pnpm does, starts a Strapi, and returns the copy of jsonwebtoken. */
  function app(name, secret, isFrozen = false) {
    const root = path.join(folder, name);
    const store = path.join(name, 'store');
    for (const [owner, needed] of [
      ['@strapi/plugin-users-permissions', 'jsonwebtoken'],
      ['@strapi/strapi', '@strapi/core'],
      ['@strapi/core', 'jsonwebtoken'],
    ]) {
      const real = path.join(store, owner.replace('/', '+'), 'node_modules');
      write(path.join(real, owner, 'package.json'), '{}');
      const link = path.join(folder, real, needed);
      const target = path.join(folder, store, needed.replace('/', '+'), 'node_modules', needed);
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(target, link);
    }
    write(path.join(store, 'jsonwebtoken', 'node_modules', 'jsonwebtoken', 'index.js'), RECORDING);
    for (const needed of ['@strapi/plugin-users-permissions', '@strapi/strapi']) {
      const link = path.join(root, 'node_modules', needed);
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.join(root, 'store', needed.replace('/', '+'), 'node_modules', needed), link);
    }
    const jwt = createRequire(path.join(root, 'store', 'jsonwebtoken', 'index.js'))('jsonwebtoken');
    if (isFrozen) Object.freeze(jwt);
    start(name, secret);
    return { jwt };
  }

  /** Starts a Strapi in an app; returns what ends it. */
  function start(name, secret) {
    const root = path.join(folder, name);
    const pathToPlugin = path.join(root, 'node_modules', '@strapi/plugin-users-permissions');
    const config = {
      enabledPlugins: { 'users-permissions': { pathToPlugin } },
      'plugin::users-permissions.jwtSecret': secret,
    };
    return skipSecretParsing({
      dirs: { app: { root } },
      config: { get: (key, fallback) => config[key] ?? fallback },
    });
  }

  /** What a function returns or throws. */
  function outcomeOf(use) {
    try {
      return { result: use() };
    } catch ({ name, message, expiredAt, date }) {
      return { name, message, expiredAt, date };
    }
  }

  it('reaches jsonwebtoken as a key object, where packages are links', () => {
    const { jwt } = app('linked', SECRET);
    const token = jwt.sign({ id: 1 }, SECRET);
    assert.equal(jwt.verify(token, SECRET).id, 1);
    assert.equal(jwt.secrets.length, 2);
    assert.ok(jwt.secrets.every((secret) => secret instanceof KeyObject));
  });

  it('stays as it is if it is another one, a key in PEM, or missing', () => {
    const { jwt } = app('others', SECRET);
    const { jwt: pem } = app('pem', RSA.privateKey);
    const { jwt: none } = app('none', '');
    const token = jwt.sign({ id: 1 }, 'another');
    assert.equal(jwt.verify(token, Buffer.from('another')).id, 1);
    pem.sign({ id: 1 }, RSA.privateKey, { algorithm: 'RS256' });
    assert.match(outcomeOf(() => none.sign({ id: 1 }, '')).message, /must have a value/);
    for (const { secrets } of [jwt, pem, none])
      assert.ok(secrets.every((secret) => !(secret instanceof KeyObject)));
  });

  it('has the same outcome for every token and option', () => {
    const plain = require('jsonwebtoken');
    const { jwt } = app('outcomes', SECRET);
    const now = Math.floor(Date.now() / 1000);
    const sign = (payload, options, secret = SECRET) => plain.sign(payload, secret, options);
    const valid = sign({ id: 1 }, { expiresIn: '1h' });
    const [header, payload, signature] = valid.split('.');
    const tokens = [
      valid,
      sign({ id: 1 }, { algorithm: 'HS512' }),
      sign({ id: 1, exp: now - 10 }),
      sign({ id: 1, nbf: now + 1000 }),
      sign({ id: 1 }, {}, 'another secret'),
      sign({ id: 1 }, { algorithm: 'RS256' }, RSA.privateKey),
      sign({ id: 1 }, { algorithm: 'none' }, ''),
      sign('a text'),
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${header}.${payload}.${signature}A`,
      `${header}.${Buffer.from('{"id":2}').toString('base64url')}.${signature}`,
      'no token',
      '',
      undefined,
      7,
    ];
    const options = [
      {},
      undefined,
      { algorithms: ['HS256'] },
      { algorithms: ['RS256'] },
      { complete: true },
      { ignoreExpiration: true },
      { audience: 'another' },
      { maxAge: '1ms', clockTimestamp: now + 100 },
    ];
    for (const token of tokens) {
      for (const option of options) {
        const [expected, actual] = [plain, jwt].map(({ verify }) =>
          outcomeOf(() => verify(token, SECRET, option)),
        );
        assert.deepEqual(actual, expected, JSON.stringify({ token, option }));
      }
    }
    const payloads = [{ id: 1, iat: now }, { id: 1, exp: 'soon' }, 'a text', undefined, null];
    const ways = [{}, { algorithm: 'HS384' }, { algorithm: 'RS256' }, { expiresIn: -1 }, { a: 1 }];
    for (const given of payloads) {
      for (const way of ways) {
        const [expected, actual] = [plain, jwt].map(({ sign: signBy }) =>
          outcomeOf(() => signBy(structuredClone(given), SECRET, { ...way, noTimestamp: true })),
        );
        assert.deepEqual(actual, expected, JSON.stringify({ given, way }));
      }
    }
  });

  it('is that of each Strapi in the process, until that ends', () => {
    const { jwt } = app('two', SECRET);
    const end = start('two', 'the secret of another Strapi');
    const keysFor = (secret) => {
      jwt.secrets.length = 0;
      jwt.sign({ id: 1 }, secret);
      return jwt.secrets[0] instanceof KeyObject;
    };
    assert.deepEqual([SECRET, 'the secret of another Strapi'].map(keysFor), [true, true]);
    end();
    assert.deepEqual([SECRET, 'the secret of another Strapi'].map(keysFor), [true, false]);
  });

  it('stays as it is where the package cannot be changed', () => {
    const { jwt } = app('frozen', SECRET, true);
    assert.equal(jwt.verify(jwt.sign({ id: 1 }, SECRET), SECRET).id, 1);
    assert.equal(jwt.secrets[0], SECRET);
  });

  it('is left to Strapi where the packages are not found', () => {
    const strapi = {
      dirs: { app: { root: path.join(folder, 'nothing') } },
      config: { get: (_key, fallback) => fallback },
    };
    assert.doesNotThrow(() => skipSecretParsing(strapi));
  });
});
