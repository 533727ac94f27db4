import type { Core, Settings } from '../../../shared/core';
import { loginFactsOf } from '../services/login-facts';
import type { Notebook } from '../services/request-notes';
import type { RefreshRotation } from '../services/refresh-rotation';
import { LimitReached } from '../services/session-limit';
import type { Sessions } from '../services/sessions';
import type { Strapi } from '../strapi';
import { inRefreshMode, once, type JwtService, type Payload } from './jwt-service';

/** What the seams work with. */
export interface SeamParts {
  strapi: Strapi;
  core: Core;
  /** Gives the options in force. */
  settings: () => Settings;
  sessions: Sessions;
  rotation: RefreshRotation;
  notebook: Notebook;
  /** Logins whose rows are being written, by session id. */
  pending: Map<string, Promise<void>>;
}

/**
 * Makes `jwt.issue` name a session in every user's token (legacy mode).
 *
 * It stays synchronous, as its callers expect; the response waits for the row instead.
 */
export function wrapLegacyIssue(jwt: JwtService, parts: SeamParts): void {
  const { strapi, core, sessions, notebook, pending } = parts;
  once(jwt, 'issue', (issue) => (given, options) => {
    const payload = claimsOf(given);
    const userId = Number(payload.id ?? Number.NaN);
    if (inRefreshMode(strapi) || !Number.isSafeInteger(userId)) return issue(given, options);
    const sessionId = core.newSessionId();
    const token = issue({ ...payload, sid: sessionId }, options);
    if (typeof token !== 'string') return token;
    const ctx = strapi.requestContext.get();
    const commit = sessions
      .logIn({ sessionId, userId, facts: loginFactsOf(ctx), accessToken: token })
      .finally(() => pending.delete(sessionId));
    pending.set(sessionId, commit);
    if (ctx) notebook.of(ctx).commits.push(commit);
    commit.catch((error: unknown) => {
      if (error instanceof LimitReached) return;
      strapi.log.error(`magic-sessionmanager: a login could not be recorded: ${String(error)}`);
    });
    return token;
  });
}

/** Strapi issues what a payload says of itself, where it does. */
function claimsOf(payload: Payload): Payload {
  const { toJSON } = payload as { toJSON?: () => Payload };
  return typeof toJSON === 'function' ? toJSON.call(payload) : payload;
}
