import assert from 'node:assert/strict';

/** Asserts that an answer refuses a terminated session, with the reason in header and body. */
export function assertRefused(answer, reason) {
  assert.equal(answer.status, 401, answer.text);
  assert.equal(answer.headers['x-session-terminated-reason'], reason);
  assert.match(answer.headers['access-control-expose-headers'], /X-Session-Terminated-Reason/);
  assert.equal(answer.json?.data, null);
  assert.equal(answer.json?.error?.status, 401);
  assert.equal(answer.json?.error?.details?.reason, reason);
}

/** Asserts the status of an answer and shows the answer when it is another one. */
export function assertStatus(answer, status) {
  assert.equal(answer.status, status, answer.text);
}

/** Asserts that neither body nor headers of an answer hold anything that looks like a JWT. */
export function assertNoToken(answer) {
  const everything = answer.text + JSON.stringify(answer.headers);
  assert.doesNotMatch(everything, /eyJ[\w-]+\.[\w-]+\.[\w-]+/);
}

/** Asserts that none of the given tokens, nor its signature alone, occurs in some bytes. */
export function assertHoldsNone(bytes, tokens) {
  for (const token of tokens) {
    assert.equal(bytes.includes(token), false, 'a whole token is readable');
    assert.equal(
      bytes.includes(token.split('.')[2]),
      false,
      'the signature of a token is readable',
    );
  }
}
