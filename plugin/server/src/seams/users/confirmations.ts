import { USER_MODEL } from '../../strapi';
import type { DatabaseEvent, DatabaseEvents } from '../database-events';
import type { SeamParts } from '../parts';

/**
 * Makes the places known at which users confirm their e-mail addresses.
 *
 * The code of the mail proves who the user is, although the answer may carry no token.
 */
export function followConfirmations(
  { requestStates, places }: SeamParts,
  events: DatabaseEvents,
): () => void {
  async function afterUpdate({ params, result }: DatabaseEvent): Promise<void> {
    const state = requestStates.current();
    if (!state || state.confirmationsUnderWay === 0) return;
    const { confirmed } = (params.data ?? {}) as { confirmed?: unknown };
    const { id } = (result ?? {}) as { id?: unknown };
    if (confirmed !== true || typeof id !== 'number') return;
    state.provenUsers.add(id);
    await places.loggedIn(id, 'email-confirmation');
  }

  return events.on(USER_MODEL, { afterUpdate });
}
