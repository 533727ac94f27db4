import { databaseReason } from '../../log';
import { SessionLimitReached } from '../../services/sessions/session-limit';
import { PLUGIN_NAME } from '../../strapi';
import type { SeamParts } from '../parts';

/**
 * Holds the answer of the current request until a login is committed, and says in the log why one
 * could not be recorded; one beyond the user's limit is no fault.
 */
export function holdResponse(
  commit: Promise<unknown>,
  { strapi, requestStates }: Pick<SeamParts, 'strapi' | 'requestStates'>,
): void {
  const ctx = strapi.requestContext.get();
  if (ctx) requestStates.open(ctx).commits.push(commit);
  commit.catch((error: unknown) => {
    if (error instanceof SessionLimitReached) return;
    const why = databaseReason(error);
    strapi.log.error(`${PLUGIN_NAME}: a login could not be recorded: ${why}`);
  });
}
