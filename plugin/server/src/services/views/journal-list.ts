import type {
  Actor,
  JournalEntryView,
  JournalEvent,
  JournalPage,
  SessionUser,
} from '../../../../shared/contracts';
import type { JournalQuery, JournalStore, StoredEntry } from '../../stores/database/journal-store';
import type { Strapi } from '../../strapi';
import { createActorNames } from './actor-names';
import type { JournalBuffer } from '../journal/journal-buffer';
import { paginationOf } from './session-list';
import { usersOf } from './users';

export type { JournalQuery } from '../../stores/database/journal-store';

/** Shows the journal to administrators, what has just happened in this process included. */
export interface JournalListReader {
  page(query: JournalQuery): Promise<JournalPage>;
  /** Shows the newest entries about a session. */
  ofSession(sessionId: string): Promise<JournalEntryView[]>;
}

/** What {@link createJournalListReader} works with. */
export interface JournalPagesParts {
  strapi: Strapi;
  store: JournalStore;
  buffer: JournalBuffer;
}

/** How many entries the history of one session holds. */
const HISTORY_LENGTH = 100;

/** Makes the view of the journal. */
export function createJournalListReader({
  strapi,
  store,
  buffer,
}: JournalPagesParts): JournalListReader {
  const actorNames = createActorNames(strapi);

  async function viewsOf(entries: StoredEntry[]): Promise<JournalEntryView[]> {
    const nameOf = await actorNames.read(entries.map(actorIn));
    const userOf = await usersOf(
      strapi,
      entries.flatMap(({ userId }) => userId ?? []),
    );
    return entries.map((entry) => viewOf(entry, { nameOf, userOf }));
  }

  return {
    async page(query) {
      await buffer.flush();
      const total = await store.count(query);
      const entries = await store.read(query);
      return {
        data: await viewsOf(entries),
        meta: { pagination: paginationOf(query, total) },
      };
    },

    async ofSession(sessionId) {
      await buffer.flush();
      const all = { userId: null, what: null, at: { fromMs: null, toMs: null } };
      const newest = { page: 1, pageSize: HISTORY_LENGTH };
      return await viewsOf(await store.read({ ...all, ...newest, sessionId }));
    },
  };
}

const actorIn = ({ actorType, actorId }: StoredEntry): Actor => ({ type: actorType, id: actorId });

/** What tells who is meant by the ids of an entry. */
interface People {
  nameOf: (actor: Actor) => string | null;
  userOf: (userId: number) => SessionUser;
}

function viewOf(entry: StoredEntry, { nameOf, userOf }: People): JournalEntryView {
  const { id, atMs, what, sessionId, userId, why, details, ip, userAgent } = entry;
  const actor = actorIn(entry);
  return {
    id,
    at: new Date(atMs).toISOString(),
    // The table is written by the journal only, so these are what they are there.
    what: what as JournalEvent,
    who: { ...actor, name: nameOf(actor) },
    sessionId,
    userId,
    user: userId === null ? null : userOf(userId),
    why,
    details: details === null ? null : (JSON.parse(details) as JournalEntryView['details']),
    ip,
    userAgent,
  };
}
