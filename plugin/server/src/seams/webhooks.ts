import type { SessionEvents } from '../../../shared/contracts';
import type { Strapi } from '../strapi';
import { SEAMS } from './proofs/names';
import { wrapFunction } from './proofs/wrapped-functions';

/** The wrapped part of Strapi's webhook runner. */
export interface WebhookRunner {
  run(webhook: unknown, event: string, info?: { heardFrom?: unknown }): Promise<object>;
}

/** The events that every instance emits; the instance that terminated calls the webhooks. */
const EMITTED_EVERYWHERE: ReadonlySet<string> = new Set<keyof SessionEvents>([
  'session.terminated',
  'sessions.revoked',
]);

/** Returns Strapi's webhook runner as Strapi finds it now. */
export function webhookRunnerOf(strapi: Strapi): WebhookRunner {
  // Strapi does not type its internal services.
  return strapi.get<WebhookRunner>('webhookRunner');
}

/** Calls no webhook for an event that was heard from another instance. */
export function skipRemoteEvents(strapi: Strapi): void {
  const seam = {
    name: SEAMS.webhooks,
    owner: () => webhookRunnerOf(strapi),
    method: 'run',
  } as const;
  wrapFunction(strapi, seam, (run) => async (webhook, event, info) => {
    const isRemote = info?.heardFrom !== undefined && EMITTED_EVERYWHERE.has(event);
    return isRemote ? {} : await run(webhook, event, info);
  });
}
