import { databaseReason } from '../../log';
import { SessionTerminated } from '../../services/sessions/continuation/continuation';
import { SessionLimitReached } from '../../services/sessions/logins/session-limit';
import { currentRequest, PLUGIN_NAME } from '../../strapi';
import type { SeamParts } from '../parts';

/**
 * Holds the response of the current request until a login is committed.
 *
 * It logs why a login could not be recorded, unless it was refused.
 */
export function holdResponse(
  commit: Promise<unknown>,
  { strapi, requestStates }: Pick<SeamParts, 'strapi' | 'requestStates'>,
): void {
  const ctx = currentRequest(strapi);
  if (ctx) requestStates.open(ctx).commits.push(commit);
  commit.catch((error: unknown) => {
    if (error instanceof SessionLimitReached || error instanceof SessionTerminated) return;
    const reason = databaseReason(error);
    strapi.log.error(`${PLUGIN_NAME}: a login could not be recorded: ${reason}`);
  });
}
