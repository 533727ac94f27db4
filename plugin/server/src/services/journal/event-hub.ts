import type { Actor, SessionEvents } from '../../../../shared/contracts';
import { PLUGIN_NAME, type Strapi } from '../../strapi';
import type { Journal } from './journal';
import type { JournalFacts } from './journal-entries';
import { createDetached } from '../../async/detached';

/**
 * Tells whoever listens, and the journal, what has happened; nobody waits for the listeners. Who did
 * it is whoever the request comes from, unless told otherwise.
 */
export type PublishEvent = <Name extends keyof SessionEvents>(
  name: Name,
  facts: JournalFacts[Name],
  by?: Actor,
) => void;

/** The events, by the name under which webhooks may ask for them. */
const EVENTS: Record<string, keyof SessionEvents> = {
  SESSION_CREATED: 'session.created',
  SESSION_TERMINATED: 'session.terminated',
  SESSION_REFRESH_REUSED: 'session.refresh-reused',
  SESSION_REACTIVATED: 'session.reactivated',
  LOGIN_FAILED: 'login.failed',
  LOGIN_LIMITED: 'login.limited',
};

/** Makes the way to Strapi's event hub and the journal. */
export function createPublishEvent(strapi: Strapi, journal: Journal): PublishEvent {
  const detached = createDetached();
  return (name, facts, by) => {
    journal.record(name, facts, by);
    const emit = (): void => {
      strapi.eventHub.emit(name, { ...facts }).catch((error: unknown) => {
        strapi.log.warn(`${PLUGIN_NAME}: a listener to ${name} failed: ${String(error)}`);
      });
    };
    // In a turn of its own, so that a listener can neither delay nor fail what it hears of.
    detached(() => setImmediate(emit));
  };
}

/** The part of Strapi that knows what webhooks may ask for. */
interface WebhookStore {
  addAllowedEvent(key: string, name: string): void;
}

/** Lets webhooks ask for the events. */
export function allowWebhooks(strapi: Strapi): void {
  // Strapi does not type what it keeps for itself.
  const store: WebhookStore = strapi.get('webhookStore');
  for (const [key, name] of Object.entries(EVENTS)) store.addAllowedEvent(key, name);
}
