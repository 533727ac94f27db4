import { PASSWORD } from '../clients/users.mjs';

/** Lets a server believe `logInFrom`: it is behind a proxy, as most are. */
export const BEHIND_PROXY = { TRUST_PROXY: 'true' };

/** Logs a user in as a proxy passes it on from an address, and returns the answer. */
export function logInFrom(server, { username }, ip, password = PASSWORD) {
  return server.request('POST', '/api/auth/local', {
    body: { identifier: username, password },
    headers: { 'X-Forwarded-For': ip },
  });
}
