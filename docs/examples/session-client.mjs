/**
 * A client for users-permissions in the mode `refresh`: logs a user in, sends the access token along,
 * refreshes once for all tabs of a browser, and tells every tab why its session has ended.
 */

const NAME = 'session';
const REASON = 'X-Session-Terminated-Reason';

/** Words for the reasons that the server gives. */
const WORDS = {
  logout: 'You have logged out.',
  logout_others: 'You have logged out from another device.',
  logout_all: 'You have logged out everywhere.',
  admin: 'An administrator has ended your session.',
  password_changed: 'The password has been changed. Log in with the new one.',
  user_blocked: 'This account is blocked.',
  user_deleted: 'This account has been deleted.',
  role_changed: 'Your rights have changed. Log in again.',
  expired: 'You have been logged in for long. Log in again.',
  idle: 'You have been away for long. Log in again.',
  session_limit: 'You have logged in on another device, and that was one too many.',
  refresh_reuse: 'Somebody else may have used your session. Log in, and change your password.',
};

/**
 * Makes the client of one tab.
 *
 * @param {object} options
 * @param {string} options.baseUrl Where Strapi is, without a slash at the end.
 * @param {(why: string) => void} options.onEnd Shows the login form and why; called in every tab.
 */
export function createSessionClient({ baseUrl, onEnd }) {
  const { read, write } = createSharedState();
  const otherTabs = new BroadcastChannel(NAME);
  const keep = ({ jwt, refreshToken }) => write({ jwt, refreshToken });
  /** Lets one tab at a time change the state, each after the answer on which the change depends. */
  const inTurn = (work) => navigator.locks.request(NAME, work);

  async function tell() {
    const { why } = await read();
    if (why) onEnd(why);
  }

  /** Forgets the tokens and tells why, here and in every other tab. */
  async function end(reason) {
    await write({ why: WORDS[reason] ?? 'Your session has ended. Log in again.' });
    otherTabs.postMessage('ended');
    await tell();
  }

  const send = (path, jwt, { headers, ...options } = {}) =>
    fetch(baseUrl + path, {
      ...options,
      // Takes the cookie along in which Strapi may keep the refresh token (`sessions.httpOnly`).
      credentials: 'include',
      headers: { ...headers, ...(jwt && { Authorization: `Bearer ${jwt}` }) },
    });

  const post = (path, body) =>
    send(path, undefined, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  /** Finds out what a 401 means, unless another tab has; says whether there is a new token now. */
  const resolve = (answer, usedJwt) =>
    inTurn(async () => {
      const { jwt, refreshToken } = await read();
      if (jwt !== usedJwt) return jwt !== undefined;
      const reason = answer.headers.get(REASON);
      if (reason) {
        await end(reason);
        return false;
      }
      const renewed = await post('/api/auth/refresh', { refreshToken });
      if (renewed.ok) await keep(await renewed.json());
      // Anything else, such as 503, says nothing of the session: the next request tries again.
      else if (renewed.status === 401) await end(renewed.headers.get(REASON));
      return renewed.ok;
    });

  /** Sends a request with the access token, and once more if that had to be renewed. */
  async function request(path, options) {
    const { jwt } = await read();
    const answer = await send(path, jwt, options);
    const renewed = answer.status === 401 && jwt && (await resolve(answer, jwt));
    return renewed ? await send(path, (await read()).jwt, options) : answer;
  }

  otherTabs.addEventListener('message', tell);
  tell();

  return {
    request,

    /** Logs in; gives the answer of Strapi, which is not ok where that was refused. */
    logIn: (identifier, password) =>
      inTurn(async () => {
        const answer = await post('/api/auth/local', { identifier, password });
        if (answer.ok) await keep(await answer.clone().json());
        return answer;
      }),

    /** Logs out in every tab; gives the answer, which is not ok where that did not work. */
    async logOut() {
      const answer = await request('/api/magic-sessionmanager/logout', { method: 'POST' });
      if (answer.ok) await inTurn(() => end('logout'));
      return answer;
    },
  };
}

/**
 * Makes a state that the tabs share. What one tab has written the next one reads, which `localStorage`
 * does not promise: there, a second tab might still find the old refresh token, and use it again.
 */
export function createSharedState() {
  const opened = new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME);
    opening.onupgradeneeded = () => opening.result.createObjectStore(NAME);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });

  async function transact(mode, work) {
    const transaction = (await opened).transaction(NAME, mode);
    const request = work(transaction.objectStore(NAME));
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  return {
    /** Gives `{ jwt, refreshToken }`, or `{ why }` once the session has ended. */
    read: async () => (await transact('readonly', (store) => store.get(NAME))) ?? {},
    write: (state) => transact('readwrite', (store) => store.put(state, NAME)),
  };
}
