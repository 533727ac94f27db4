import type {
  JournalEntryView,
  JournalEvent,
  JournalPage,
  SessionUser,
} from '../../../../shared/contracts';
import type {
  JournalQuery,
  JournalStore,
  StoredEntry,
} from '../../stores/database/journal/journal-store';
import type { Strapi } from '../../strapi';
import type { Geography } from '../geography/geography';
import { createActorNames, type KnownActor } from './actor-names';
import { ANY_TIME, ANY_VALUE, only } from '../../stores/database/sql/conditions';
import { paginationOf } from './session-list';
import { usersOf, type Owner } from './users';

export type { JournalQuery } from '../../stores/database/journal/journal-store';

/** Reads the journal for administrators, with the pending entries of this process. */
export interface JournalListReader {
  page(query: JournalQuery): Promise<JournalPage>;
  /** Returns the newest entries of a session. */
  ofSession(sessionId: string): Promise<JournalEntryView[]>;
}

/** Dependencies of {@link createJournalListReader}. */
export interface JournalListParts {
  strapi: Strapi;
  store: JournalStore;
  /** Writes the pending entries of this process. */
  flush: () => Promise<void>;
  geography: Geography;
}

/** The maximum number of entries in the history of one session. */
const HISTORY_LENGTH = 100;

export function createJournalListReader({
  strapi,
  store,
  flush,
  geography: { locate },
}: JournalListParts): JournalListReader {
  const actorNames = createActorNames(strapi);

  async function viewsOf(entries: StoredEntry[]): Promise<JournalEntryView[]> {
    const nameOf = await actorNames.read(entries.map(actorIn));
    const userOf = await usersOf(
      strapi,
      entries.flatMap(({ userId, userDocumentId }) =>
        userId === null ? [] : [{ userId, userDocumentId }],
      ),
    );
    return entries.map((entry) => viewOf(entry, { nameOf, userOf, locate }));
  }

  return {
    async page(query) {
      await flush();
      const total = await store.count(query);
      const entries = await store.read(query);
      return {
        data: await viewsOf(entries),
        meta: { pagination: paginationOf(query, total) },
      };
    },

    async ofSession(sessionId) {
      await flush();
      const all = { userId: ANY_VALUE, what: ANY_VALUE, at: ANY_TIME };
      const newest = { page: 1, pageSize: HISTORY_LENGTH };
      return await viewsOf(await store.read({ ...all, ...newest, sessionId: only(sessionId) }));
    },
  };
}

const actorIn = ({ actorType, actorId, actorDocumentId }: StoredEntry): KnownActor => ({
  type: actorType,
  id: actorId,
  documentId: actorDocumentId,
});

/** Look-ups for the ids and the address of an entry. */
interface Lookups {
  nameOf: (actor: KnownActor) => string | null;
  userOf: (owner: Owner) => SessionUser;
  locate: Geography['locate'];
}

function viewOf(entry: StoredEntry, { nameOf, userOf, locate }: Lookups): JournalEntryView {
  const { id, atMs, what, sessionId, userId, userDocumentId, why, details, ip, userAgent } = entry;
  const actor = actorIn(entry);
  return {
    id,
    at: new Date(atMs).toISOString(),
    // Only the journal writes the table, so the cast holds.
    what: what as JournalEvent,
    who: { type: actor.type, id: actor.id, name: nameOf(actor) },
    sessionId,
    userId,
    user: userId === null ? null : userOf({ userId, userDocumentId }),
    why,
    details: details === null ? null : (JSON.parse(details) as JournalEntryView['details']),
    ip,
    location: locate(ip),
    userAgent,
  };
}
