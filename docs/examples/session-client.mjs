/**
 * A client for users-permissions in the mode `refresh`: logs a user in, sends the access token along,
 * refreshes once for all tabs of a browser, and tells every tab why its session was terminated.
 */

const NAME = 'session';
const REASON = 'X-Session-Terminated-Reason';

/** Texts for the reasons that the server gives. */
const TEXTS = {
  logout: 'You have logged out.',
  logout_others: 'You have logged out from another device.',
  logout_remote: 'You have logged out from another device.',
  logout_all: 'You have logged out everywhere.',
  admin: 'An administrator has terminated your session.',
  password_changed: 'The password has been changed. Log in with the new one.',
  user_blocked: 'This account is blocked.',
  user_deleted: 'This account has been deleted.',
  role_changed: 'Your rights have changed. Log in again.',
  expired: 'You have been logged in for a long time. Log in again.',
  idle: 'You have been away for a long time. Log in again.',
  session_limit: 'You have logged in on too many devices. Log in again.',
  refresh_reuse: 'Somebody else may have used your session. Log in, and change your password.',
};

/**
 * Creates the client of one tab.
 *
 * @param {object} options
 * @param {string} options.baseUrl Where Strapi is, without a slash at the end.
 * @param {(why: string) => void} options.onTerminated Shows the login form and the reason; called in every tab.
 */
export function createSessionClient({ baseUrl, onTerminated }) {
  const { read, write } = createSharedState();
  const otherTabs = new BroadcastChannel(NAME);
  const keep = ({ jwt, refreshToken }) => write({ jwt, refreshToken });
  /** Lets one tab at a time change the state, each after the answer that the change depends on. */
  const inTurn = (work) => navigator.locks.request(NAME, work);

  async function tellReason() {
    const { why } = await read();
    if (why) onTerminated(why);
  }

  /** Forgets the tokens and tells the reason, here and in every other tab. */
  async function logOutAllTabs(reason) {
    await write({ why: TEXTS[reason] ?? 'You are no longer logged in. Log in again.' });
    otherTabs.postMessage('logged out');
    await tellReason();
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

  /** Handles a 401, unless another tab has done it; says whether there is a new token now. */
  const resolve = (answer, usedJwt) =>
    inTurn(async () => {
      const { jwt, refreshToken } = await read();
      if (jwt !== usedJwt) return jwt !== undefined;
      const reason = answer.headers.get(REASON);
      if (reason) {
        await logOutAllTabs(reason);
        return false;
      }
      const renewed = await post('/api/auth/refresh', { refreshToken });
      if (renewed.ok) await keep(await renewed.json());
      // Any other status, such as 503, says nothing about the session: the next request tries again.
      else if (renewed.status === 401) await logOutAllTabs(renewed.headers.get(REASON));
      return renewed.ok;
    });

  /** Sends a request with the access token, and once more if that had to be renewed. */
  async function request(path, options) {
    const { jwt } = await read();
    const answer = await send(path, jwt, options);
    const renewed = answer.status === 401 && jwt && (await resolve(answer, jwt));
    return renewed ? await send(path, (await read()).jwt, options) : answer;
  }

  otherTabs.addEventListener('message', tellReason);
  tellReason();

  return {
    request,

    /** Logs in; returns Strapi's answer, whose `ok` is false if it refused the login. */
    logIn: (identifier, password) =>
      inTurn(async () => {
        const answer = await post('/api/auth/local', { identifier, password });
        if (answer.ok) await keep(await answer.clone().json());
        return answer;
      }),

    /** Logs out in every tab; returns the answer, whose `ok` is false if that failed. */
    async logOut() {
      const answer = await request('/api/magic-sessionmanager/logout', { method: 'POST' });
      if (answer.ok) await inTurn(() => logOutAllTabs('logout'));
      return answer;
    },
  };
}

/**
 * Creates a state that the tabs share. A tab always reads the last state that another tab has written.
 * `localStorage` does not promise this: a second tab might find the old refresh token and use it again.
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
    /** Returns `{ jwt, refreshToken }`, or `{ why }` after the session was terminated. */
    read: async () => (await transact('readonly', (store) => store.get(NAME))) ?? {},
    write: (state) => transact('readwrite', (store) => store.put(state, NAME)),
  };
}
