import { databaseReason } from '../log';
import {
  createEmitEvent,
  createPublishEvent,
  type EmitEvent,
  type PublishEvent,
} from '../services/journal/event-hub';
import { createJournal, type Journal } from '../services/journal/journal';
import { createJournalBuffer, type JournalBuffer } from '../services/journal/journal-buffer';
import { PLUGIN_NAME, type Strapi } from '../strapi';
import type { Stores } from './stores';

/** The journal, and the publisher of events on Strapi's event hub. */
export interface JournalServices {
  journal: Journal;
  buffer: JournalBuffer;
  publish: PublishEvent;
  emit: EmitEvent;
}

export function composeJournal(strapi: Strapi, stores: Stores): JournalServices {
  const buffer = createJournalBuffer({
    write: (batch) => stores.journal.append(batch),
    failed: (error) => {
      const reason = databaseReason(error);
      strapi.log.error(`${PLUGIN_NAME}: the journal could not be written: ${reason}`);
    },
    lost: (count) => strapi.log.error(`${PLUGIN_NAME}: the journal lacks ${count} entries`),
  });
  const journal = createJournal(buffer, () => strapi.requestContext.get());
  const emit = createEmitEvent(strapi);
  return { journal, buffer, publish: createPublishEvent(emit, journal), emit };
}
