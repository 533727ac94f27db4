import { databaseReason } from '../../log';
import { SessionLimitReached } from '../../services/sessions/session-limit';
import { PLUGIN_NAME } from '../../strapi';
import type { SeamParts } from '../parts';

/**
 * Holds the response of the current request until a login is committed.
 *
 * It logs why a login could not be recorded, except for a login beyond the session limit.
 */
export function holdResponse(
  commit: Promise<unknown>,
  { strapi, requestStates }: Pick<SeamParts, 'strapi' | 'requestStates'>,
): void {
  const ctx = strapi.requestContext.get();
  if (ctx) requestStates.open(ctx).commits.push(commit);
  commit.catch((error: unknown) => {
    if (error instanceof SessionLimitReached) return;
    const reason = databaseReason(error);
    strapi.log.error(`${PLUGIN_NAME}: a login could not be recorded: ${reason}`);
  });
}
