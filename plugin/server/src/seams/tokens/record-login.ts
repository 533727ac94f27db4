import { AsyncResource } from 'node:async_hooks';
import type { PendingLogin } from '../../services/requests/request-state';
import type { RecordedLogin } from '../../services/sessions/logins/login-recorder';
import type { Login } from '../../services/sessions/logins/new-session';
import { currentRequest } from '../../strapi';
import type { SeamParts } from '../parts';
import type { Issue } from './issue-start';

/** A token to issue, and its login. */
export interface IssuedLogin extends Omit<Login, 'startsAt' | 'facts' | 'binding'> {
  issue: Issue;
}

/** Writes the row of a login; the result begins its session, or leaves that to the answer. */
export type RecordLogin = (login: IssuedLogin) => Promise<() => Promise<void>>;

/** The middleware that begins a login by the answer may stand outside of Strapi's request context. */
function inThisRequest({ begin, withhold }: RecordedLogin): PendingLogin {
  const run = AsyncResource.bind((work: () => Promise<void>) => work());
  return { begin: () => run(begin), withhold: () => run(withhold) };
}

/** Creates the record of logins by the seams. */
export function createRecordLogin({
  strapi,
  sessions,
  facts,
  requestStates,
}: Pick<SeamParts, 'strapi' | 'sessions' | 'facts' | 'requestStates'>): RecordLogin {
  return async ({ issue, ...login }) => {
    const { startsAt } = issue;
    if (startsAt === 'never') return () => Promise.resolve();
    const request = { facts: facts.loginFactsOf(currentRequest(strapi)), binding: undefined };
    const { facts: given, binding } = issue.login ?? request;
    const recorded = await sessions.record({ ...login, facts: given, binding, startsAt });
    return async () => {
      if (startsAt === 'now') await recorded.begin();
      issue.login?.recorded(login.sessionId);
      if (startsAt === 'answer')
        requestStates.current()?.logins.set(login.sessionId, inThisRequest(recorded));
    };
  };
}
