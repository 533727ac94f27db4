import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  Adoption,
  IssueDecision,
  RevokedBy,
  SweepTurn,
  decideAccount,
  decideAdoption,
  decideIssue,
  isLaterLogin,
  makeCore,
  passwordFingerprint,
  ranOut,
  revokedBy,
  secretFingerprint,
  sweepTurn,
  thrown,
} from '../harness/core/core.mjs';

const HASH = '$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
const NOW = 1_700_000_000_000;
const WRONG_NUMBERS = [null, undefined, -1, 0.5, Number.NaN, Infinity, '1', 1n];
const HEX = /^[\da-f]{32}$/;

describe('passwordFingerprint', () => {
  it('is the start of a labelled SHA-256, the same under any key', () => {
    const label = 'magic-sessionmanager/password-fingerprint/v1\0';
    const digest = createHash('sha256').update(label).update('\x01').update(HASH).digest('hex');
    assert.equal(passwordFingerprint(HASH), digest.slice(0, 32));
    makeCore({}, { kind: 'derived', secret: 'another' }).free();
    assert.equal(passwordFingerprint(HASH), digest.slice(0, 32));
  });

  it('tells a missing password from an empty one', () => {
    assert.match(passwordFingerprint(null), HEX);
    assert.notEqual(passwordFingerprint(null), passwordFingerprint(''));
  });

  it('refuses anything but a text and null, and never shows it', () => {
    for (const wrong of [1, true, {}, ['hunter2']]) {
      const error = thrown(() => passwordFingerprint(wrong));
      assert.equal(error.code, 'invalid_argument');
      assert.equal(error.field, 'passwordHash');
      assert.doesNotMatch(error.message, /hunter2/);
    }
  });
});

describe('decideAccount', () => {
  const account = (hash, blocked = false) => ({
    blocked,
    passwordFingerprint: passwordFingerprint(hash),
  });

  it('keeps, binds or terminates', () => {
    const bound = passwordFingerprint(HASH);
    assert.equal(decideAccount(bound, account(HASH)), 'keep');
    assert.equal(decideAccount(null, account(HASH)), 'bind');
    assert.equal(decideAccount(bound, account('another')), 'password_changed');
    assert.equal(decideAccount(bound, account(null)), 'password_changed');
    assert.equal(decideAccount(bound, account(HASH, true)), 'user_blocked');
    assert.equal(decideAccount(bound, null), 'user_deleted');
  });

  it('names the field that is wrong', () => {
    const good = account(HASH);
    const calls = {
      bound: () => decideAccount(1, good),
      passwordFingerprint: () => decideAccount('short', good),
      account: () => decideAccount(null, 'user'),
      'account.blocked': () => decideAccount(null, { ...good, blocked: null }),
      'account.passwordFingerprint': () => decideAccount(null, { blocked: false }),
    };
    for (const [field, call] of Object.entries(calls)) assert.equal(thrown(call).field, field);
  });
});

describe('revokedBy', () => {
  it('reaches the logins that did not know of the revocation, and those before its instant', () => {
    const { Nothing, Number: ByNumber, Instant } = RevokedBy;
    assert.equal(revokedBy(0, 0, NOW, 0), Nothing);
    assert.equal(revokedBy(0, 7, NOW, 6), ByNumber);
    assert.equal(revokedBy(0, 7, NOW, 7), Nothing);
    assert.equal(revokedBy(0, Number.MAX_SAFE_INTEGER, NOW, 0), ByNumber);
    assert.equal(revokedBy(NOW, 7, NOW, 7), Nothing);
    assert.equal(revokedBy(NOW + 1, 7, NOW, 7), Instant);
    assert.equal(revokedBy(NOW + 1, 8, NOW, 7), ByNumber);
  });

  it('refuses anything but whole numbers from 0', () => {
    const fields = ['notBeforeMs', 'revocation', 'loggedInAtMs', 'knownRevocation'];
    for (const wrong of WRONG_NUMBERS) {
      fields.forEach((field, place) => {
        const given = fields.map((_, other) => (other === place ? wrong : 0));
        assert.equal(thrown(() => revokedBy(...given)).field, field);
      });
    }
  });
});

describe('sweepTurn', () => {
  it('takes the higher of the two rows first', () => {
    const { Never, Before, After } = SweepTurn;
    assert.equal(sweepTurn(0, 7), Never);
    assert.equal(sweepTurn(0, 0), Never);
    assert.equal(sweepTurn(7, 0), Before);
    assert.equal(sweepTurn(7, 7), Before);
    assert.equal(sweepTurn(7, 8), After);
    for (const wrong of WRONG_NUMBERS) {
      assert.equal(thrown(() => sweepTurn(wrong, 0)).field, 'value');
      assert.equal(thrown(() => sweepTurn(0, wrong)).field, 'ofEveryone');
    }
  });
});

describe('decideAdoption', () => {
  it('refuses a token from before an instant, and tells whether it knew of the revocation', () => {
    const { Refuse, Unaware, Aware } = Adoption;
    assert.equal(decideAdoption(NOW, NOW + 1, NOW + 1), Refuse);
    assert.equal(decideAdoption(NOW, NOW, NOW + 1), Unaware);
    assert.equal(decideAdoption(NOW, NOW, NOW), Aware);
  });

  it('takes a token without a date for as old as can be', () => {
    for (const unknown of [null, undefined]) {
      assert.equal(decideAdoption(unknown, 1, 1), Adoption.Refuse);
      assert.equal(decideAdoption(unknown, 0, 1), Adoption.Unaware);
    }
  });

  it('names the field that is wrong', () => {
    const wrong = [
      ['issuedAtMs', '1', 0, 0],
      ['notBeforeMs', NOW, null, 0],
      ['writtenAtMs', NOW, 0, -1],
    ];
    for (const [field, ...given] of wrong)
      assert.equal(thrown(() => decideAdoption(...given)).field, field);
  });
});

describe('ranOut', () => {
  it('is true where the tokens ran out by the termination', () => {
    assert.equal(ranOut(NOW, NOW), true);
    assert.equal(ranOut(NOW - 1, NOW), true);
    assert.equal(ranOut(NOW + 1, NOW), false);
    assert.equal(ranOut(null, NOW), false);
    assert.equal(ranOut(NOW, null), false);
    assert.equal(thrown(() => ranOut('1', NOW)).field, 'expiresAtMs');
    assert.equal(thrown(() => ranOut(NOW, -1)).field, 'terminatedAtMs');
  });
});

describe('isLaterLogin', () => {
  it('is true for a token that was issued after the termination', () => {
    assert.equal(isLaterLogin(NOW + 1, NOW), true);
    assert.equal(isLaterLogin(NOW, NOW), false);
    assert.equal(isLaterLogin(null, NOW), false);
    assert.equal(isLaterLogin(NOW, null), false);
    assert.equal(thrown(() => isLaterLogin('1', NOW)).field, 'issuedAtMs');
  });
});

describe('secretFingerprint', () => {
  it('is the start of a labelled SHA-256 of the signed part in lower case', () => {
    const label = 'magic-sessionmanager/linked-secret/v1\0';
    const digest = createHash('sha256').update(label).update('header.payload-of-a-token');
    const expected = digest.digest('hex').slice(0, 32);
    assert.equal(secretFingerprint('Header.Payload-of-a-Token.signature'), expected);
  });

  it('is null for a text that is no secret, and refuses anything but a text', () => {
    assert.equal(secretFingerprint('olivia.long.name@example.test'), null);
    for (const wrong of [undefined, null, 1, {}]) {
      const error = thrown(() => secretFingerprint(wrong));
      assert.equal(error.code, 'invalid_argument');
      assert.equal(error.field, 'text');
    }
  });
});

describe('decideIssue', () => {
  it('begins, continues or refuses', () => {
    assert.equal(decideIssue(true, true, true), IssueDecision.Begin);
    assert.equal(decideIssue(false, true, false), IssueDecision.Continue);
    assert.equal(decideIssue(false, true, true), IssueDecision.Refuse);
  });

  it('refuses what is no truth value, and runs no code of it', () => {
    for (const wrong of [undefined, null, 0, 'true', { valueOf: () => assert.fail('it ran') }]) {
      for (const field of ['isLogin', 'carriesLive', 'carriesTerminated']) {
        const values = ['isLogin', 'carriesLive', 'carriesTerminated'];
        const given = values.map((name) => (name === field ? wrong : false));
        const error = thrown(() => decideIssue(...given));
        assert.deepEqual([error.code, error.field], ['invalid_argument', field]);
      }
    }
  });
});
