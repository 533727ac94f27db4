import { databaseReason } from '../log';
import {
  createEmitEvent,
  createPublishEvent,
  type EmitEvent,
  type PublishEvent,
} from '../services/journal/event-hub';
import { createJournal, type Journal } from '../services/journal/journal';
import { createJournalBuffer } from '../services/journal/journal-buffer';
import { createRefusedTokens, type RefusedTokens } from '../services/journal/refused-tokens';
import { currentRequest, PLUGIN_NAME, type Strapi } from '../strapi';
import type { RequestServices } from './requests';
import type { Stores } from './stores';

/** The journal, and the publisher of events on Strapi's event hub. */
export interface JournalServices {
  journal: Journal;
  publish: PublishEvent;
  emit: EmitEvent;
  refusedTokens: RefusedTokens;
  /** Writes all pending entries; after a failure they stay pending. */
  flush(): Promise<void>;
}

export function composeJournal(
  strapi: Strapi,
  stores: Stores,
  { facts }: RequestServices,
): JournalServices {
  const report =
    (message: string) =>
    (error: unknown): void => {
      strapi.log.error(`${PLUGIN_NAME}: ${message}: ${databaseReason(error)}`);
    };
  const request = () => currentRequest(strapi);
  const buffer = createJournalBuffer({
    write: (batch) => stores.journal.append(batch),
    failed: report('the journal could not be written'),
    lost: (count) => strapi.log.error(`${PLUGIN_NAME}: the journal lacks ${count} entries`),
  });
  const journal = createJournal(buffer, request, facts);
  const emit = createEmitEvent(strapi);
  const publish = createPublishEvent(emit, journal);
  const refusedTokens = createRefusedTokens({
    store: stores.refusals,
    publish,
    request,
    facts,
    failed: report('the use of a refused token could not be recorded'),
  });
  return {
    journal,
    publish,
    emit,
    refusedTokens,

    async flush() {
      await refusedTokens.flush();
      await buffer.flush();
    },
  };
}
