import type { SessionEvents } from '../../../shared/contracts';
import type { Strapi } from '../strapi';
import { wrapOnce } from './wrap-once';

/** The wrapped part of Strapi's webhook runner. */
interface WebhookRunner {
  run(webhook: unknown, event: string, info?: { heardFrom?: unknown }): Promise<object>;
}

/** The events that every instance emits; the instance that terminated calls the webhooks. */
const EMITTED_EVERYWHERE: ReadonlySet<string> = new Set<keyof SessionEvents>([
  'session.terminated',
  'sessions.revoked',
]);

/** Calls no webhook for an event that was heard from another instance. */
export function skipRemoteEvents(strapi: Strapi): void {
  // Strapi does not type its internal services.
  const runner: WebhookRunner = strapi.get('webhookRunner');
  wrapOnce(runner, 'run', (run) => async (webhook, event, info) => {
    const isRemote = info?.heardFrom !== undefined && EMITTED_EVERYWHERE.has(event);
    return isRemote ? {} : await run(webhook, event, info);
  });
}
