import { assertStatus } from './assertions.mjs';

const START = '/api/connect/test-provider';

/**
 * Logs the person of the test provider in, as a browser with its own cookies does.
 *
 * Returns the last answer, and the addresses to which the first two sent the browser.
 */
export async function logInByProvider(server, headers = {}) {
  const cookies = new Map();
  const get = async (path) => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await server.request('GET', path, { headers: { ...headers, cookie } });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      cookies.set(name, value);
    }
    return answer;
  };
  const redirect = async (path) => {
    const answer = await get(path);
    assertStatus(answer, 302);
    return new URL(answer.headers.location);
  };

  const asked = await redirect(START);
  const state = asked.searchParams.get('state');
  const returned = await redirect(`${START}/callback?code=code&state=${state}`);
  return { asked, returned, answer: await get('/api/auth/test-provider/callback') };
}
