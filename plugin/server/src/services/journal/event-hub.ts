import type { Actor, SessionEvents } from '../../../../shared/contracts';
import { PLUGIN_NAME, type Strapi } from '../../strapi';
import type { Journal } from './journal';
import type { JournalFacts } from './journal-entries';
import { createTaskQueue } from '../../async/task-queue';
import { monotonicMs } from '../../clock';

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

/** Emits an event on Strapi's event hub only. */
export type EmitEvent = <Name extends keyof SessionEvents>(
  name: Name,
  facts: SessionEvents[Name],
) => void;

/** The events by their keys in Strapi's webhook store. */
const EVENTS: Record<string, keyof SessionEvents> = {
  SESSION_CREATED: 'session.created',
  SESSION_TERMINATED: 'session.terminated',
  SESSIONS_REVOKED: 'sessions.revoked',
  SESSION_REFRESH_REUSED: 'session.refresh-reused',
  SESSION_REACTIVATED: 'session.reactivated',
  SESSION_TOKEN_REFUSED: 'session.token-refused',
  USER_BLOCKED: 'user.blocked',
  USER_UNBLOCKED: 'user.unblocked',
  LOGIN_FAILED: 'login.failed',
  LOGIN_LIMITED: 'login.limited',
  LOGIN_LOCKED: 'login.locked',
  LOGIN_UNLOCKED: 'login.unlocked',
};

/** The interval between two warnings of failing listeners to one event, in milliseconds. */
const WARN_EVERY_MS = 60_000;

/** Creates an {@link EmitEvent} that neither waits for listeners nor fails with them. */
export function createEmitEvent(strapi: Strapi): EmitEvent {
  // A listener must neither delay nor fail the caller, and many events must not delay requests.
  const later = createTaskQueue();
  const warnedAtMs = new Map<string, number>();

  function warn(name: string, error: unknown): void {
    const now = monotonicMs();
    if (now - (warnedAtMs.get(name) ?? Number.NEGATIVE_INFINITY) < WARN_EVERY_MS) return;
    warnedAtMs.set(name, now);
    strapi.log.warn(`${PLUGIN_NAME}: a listener to ${name} failed: ${String(error)}`);
  }

  return (name, facts) =>
    later(() => {
      const emit = async (): Promise<void> => await strapi.eventHub.emit(name, { ...facts });
      emit().catch((error: unknown) => warn(name, error));
    });
}

/** Creates a {@link PublishEvent}. */
export function createPublishEvent(emit: EmitEvent, journal: Journal): PublishEvent {
  return (name, facts, by) => {
    journal.record(name, facts, by);
    emit(name, facts);
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
