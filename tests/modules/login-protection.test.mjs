import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProtectedAccount } from '../harness/modules/protected-account.mjs';

/** More than the allowance of any place, or of any network. */
const MANY = 60;

describe('Many logins at once with the right password', () => {
  for (const [from, isKnown] of [
    ['a known place', true],
    ['a place that is not known', false],
  ]) {
    for (const outcome of ['succeeded', 'undecided']) {
      it(`are all let in from ${from}, whenever they end (${outcome})`, async () => {
        for (let seed = 1; seed <= 15; seed += 1) {
          const account = new ProtectedAccount({ isKnown, seed });
          const logins = Array.from({ length: MANY }, () => account.logIn(outcome));
          const refused = (await Promise.all(logins)).filter((isAllowed) => !isAllowed);
          assert.equal(refused.length, 0, `seed ${seed}`);
          assert.ok(await account.logIn(outcome), 'none is left under way');
        }
      });
    }
  }

  it('let no more guesses through than would come through one after another', async () => {
    for (let seed = 1; seed <= 15; seed += 1) {
      const account = new ProtectedAccount({ isKnown: false, seed });
      const guesses = Array.from({ length: MANY }, () => account.logIn('failed'));
      const granted = (await Promise.all(guesses)).filter(Boolean);
      assert.equal(granted.length, 10, `seed ${seed}`);
    }
  });

  it('tell that an account is locked, however many guesses come at once', async () => {
    for (let seed = 1; seed <= 15; seed += 1) {
      const account = new ProtectedAccount({ isKnown: false, seed });
      const guesses = Array.from({ length: MANY }, () => account.tryLogin('failed'));
      const telling = (await Promise.all(guesses)).filter((refusal) => refusal?.locks);
      assert.ok(telling.length > 0, `seed ${seed}`);
    }
  });

  it('leave nothing under way, also where an outcome could not be stored', async () => {
    for (const isKnown of [true, false]) {
      for (const outcome of ['succeeded', 'failed', 'undecided']) {
        const account = new ProtectedAccount({ isKnown, seed: 7 });
        await account.failToEnd(outcome);
        assert.equal(account.isUnderWay(), false, `${outcome}, ${isKnown}`);
        assert.ok(await account.logIn('succeeded'));
      }
    }
  });
});
