import type { Actor, SessionEvents } from '../../../../shared/contracts';
import { PLUGIN_NAME, type Strapi } from '../../strapi';
import type { Journal } from './journal';
import type { JournalFacts } from './journal-entries';
import { createDetached } from '../../async/detached';

/**
 * Records an event in the journal and emits it on Strapi's event hub, without waiting for
 * listeners.
 *
 * Without `by`, the actor is that of the current request.
 */
export type PublishEvent = <Name extends keyof SessionEvents>(
  name: Name,
  facts: JournalFacts[Name],
  by?: Actor,
) => void;

/** The events by their keys in Strapi's webhook store. */
const EVENTS: Record<string, keyof SessionEvents> = {
  SESSION_CREATED: 'session.created',
  SESSION_TERMINATED: 'session.terminated',
  SESSION_REFRESH_REUSED: 'session.refresh-reused',
  SESSION_REACTIVATED: 'session.reactivated',
  SESSION_TOKEN_REFUSED: 'session.token-refused',
  USER_BLOCKED: 'user.blocked',
  USER_UNBLOCKED: 'user.unblocked',
  LOGIN_FAILED: 'login.failed',
  LOGIN_LIMITED: 'login.limited',
};

/** Creates a {@link PublishEvent}. */
export function createPublishEvent(strapi: Strapi, journal: Journal): PublishEvent {
  const detached = createDetached();
  return (name, facts, by) => {
    journal.record(name, facts, by);
    const emit = (): void => {
      strapi.eventHub.emit(name, { ...facts }).catch((error: unknown) => {
        strapi.log.warn(`${PLUGIN_NAME}: a listener to ${name} failed: ${String(error)}`);
      });
    };
    // In a later turn of the event loop: a listener must neither delay nor fail the caller.
    detached(() => setImmediate(emit));
  };
}

/** The used part of Strapi's webhook store. */
interface WebhookStore {
  addAllowedEvent(key: string, name: string): void;
}

/** Registers the events for webhooks. */
export function allowWebhooks(strapi: Strapi): void {
  // Strapi does not type its internal services.
  const store: WebhookStore = strapi.get('webhookStore');
  for (const [key, name] of Object.entries(EVENTS)) store.addAllowedEvent(key, name);
}
