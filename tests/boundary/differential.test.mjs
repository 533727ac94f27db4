import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeCore } from '../harness/core/core.mjs';
import { NodeSealer, masterOfSecret } from '../harness/core/node-crypto.mjs';
import { Random, seedOfRun } from '../harness/core/random.mjs';

const ROUNDS = 10_000;
const ROUNDS_PER_KEY = 50;
const LONGEST_TOKEN = 4096;
const FIELDS = ['accessToken', 'refreshToken'];

describe('The core and node:crypto', () => {
  it(`open what the other sealed, ${ROUNDS} times each way`, (t) => {
    const seed = seedOfRun();
    t.diagnostic(`SEED=${seed}`);
    const random = new Random(seed);
    for (let round = 0; round < ROUNDS; round += ROUNDS_PER_KEY) {
      const { core, node } = pair(random);
      for (let turn = 0; turn < ROUNDS_PER_KEY; turn += 1) {
        const place = [random.bytes(16).toString('hex'), random.pick(FIELDS)];
        const token = random.text(random.below(LONGEST_TOKEN + 1));
        const message = `SEED=${seed}, round ${round + turn}`;
        assert.ok(node.open(...place, core.seal(...place, token)) === token, message);
        assert.ok(core.open(...place, node.seal(...place, token)) === token, message);
      }
      assert.equal(core.keyId(), node.keyId);
      core.free();
    }
  });
});

/** Makes both under one random key, configured or derived from an app's secret. */
function pair(random) {
  if (random.below(2)) {
    const master = random.bytes(32);
    const key = master.toString(random.pick(['base64', 'base64url']));
    return { core: makeCore({}, { kind: 'configured', key }), node: new NodeSealer(master) };
  }
  const secret = random.text(1 + random.below(100));
  const core = makeCore({}, { kind: 'derived', secret });
  return { core, node: new NodeSealer(masterOfSecret(secret)) };
}
