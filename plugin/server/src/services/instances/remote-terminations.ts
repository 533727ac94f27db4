import type { SessionEvents } from '../../../../shared/contracts';
import {
  EVERYONE,
  writtenSince,
  type NotBefore,
  type NotBeforeStore,
} from '../../stores/database/not-before-store';
import {
  PAGE_SIZE,
  type FeedStore,
  type Position,
  type SessionRecord,
} from '../../stores/database/sessions/feed-store';
import type { AnnouncedTerminations } from '../../stores/memory/announced-terminations';
import type { KnownRevocations } from '../../stores/memory/known-revocations';

/** Emits an event to the listeners of this instance. */
export type Emit = <Name extends keyof SessionEvents>(
  name: Name,
  facts: SessionEvents[Name],
) => void;

/**
 * Announces the terminations of other instances on this one, each of them once.
 *
 * Only what the database says is announced. Polls and hints tell of one termination many times.
 */
export interface RemoteTerminations {
  /** Reads the terminations since an instant as known; later ones are announced. */
  start(fromMs: number): Promise<void>;
  /** Tells from where the next poll reads. */
  pollFrom(fromMs: number): void;
  /** Announces the new terminations among the facts of sessions. */
  found(records: readonly SessionRecord[]): void;
  /** Announces what is new in a row of a user, or of everyone. */
  foundRevocation(notBefore: NotBefore): void;
  /** Reads on after a position in the background, where a poll reads no further. */
  readOn(after: Position): void;
  /** Looks up sessions that a hint names. */
  lookUp(sessionIds: readonly string[]): void;
  /** Stops reading, after the current statement. */
  stop(): Promise<void>;
}

/** Dependencies of {@link createRemoteTerminations}. */
export interface RemoteTerminationsParts {
  store: FeedStore;
  notBefores: Pick<NotBeforeStore, 'newestRevocation' | 'writtenSince'>;
  announced: AnnouncedTerminations;
  known: KnownRevocations;
  emit: Emit;
  /** Announces a termination by this process, which did not learn that it was committed. */
  announceOwn: (terminated: SessionEvents['session.terminated']) => void;
}

type Page = readonly SessionRecord[];

/** The number of hinted sessions that wait to be looked up; the poll finds any others. */
const MAX_HINTED = 10_000;

/** The number of hinted sessions per look-up. */
const LOOK_UP_SIZE = 500;

/** Creates the announcements; nothing is announced before {@link RemoteTerminations.start}. */
export function createRemoteTerminations(parts: RemoteTerminationsParts): RemoteTerminations {
  const { store, notBefores, announced, known, emit, announceOwn } = parts;
  const hinted = new Set<string>();
  /** The earliest position after which terminations are to be read. */
  let unread: Position | null = null;
  /** The position that the reader has reached. */
  let reached: Position | null = null;
  let reader: Promise<void> | null = null;
  let lookUps: Promise<void> | null = null;
  let stopped = false;

  function found(records: readonly SessionRecord[]): void {
    for (const record of records) {
      const { sessionId, userId, state, reason, terminatedAtMs, isOwn, isDoubted } = record;
      if (isOwn || state !== 'terminated' || !announced.add(sessionId, terminatedAtMs)) continue;
      const session = { id: sessionId, userId, reason: reason ?? 'admin' };
      if (isDoubted) announceOwn({ session });
      else emit('session.terminated', { session, heardFrom: 'another-instance' });
    }
  }

  async function* pagesAfter(position: Position | null, fromMs: number): AsyncGenerator<Page> {
    let after = position;
    while (!stopped) {
      const page = await store.terminations(fromMs, after);
      yield page;
      if (page.length < PAGE_SIZE) return;
      after = page.at(-1) ?? after;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function readUnread(): Promise<void> {
    while (unread && !stopped) {
      reached = unread;
      unread = null;
      try {
        for await (const page of pagesAfter(reached, reached.terminatedAtMs)) {
          found(page);
          reached = page.at(-1) ?? reached;
        }
      } catch {
        // The next poll tries again.
        unread = earlier(unread, reached);
        return;
      }
    }
  }

  function startReader(): void {
    reader ??= readUnread().finally(() => {
      reader = null;
      reached = null;
    });
  }

  async function lookUpHinted(): Promise<void> {
    while (hinted.size > 0 && !stopped) {
      const sessionIds = [...hinted].slice(0, LOOK_UP_SIZE);
      sessionIds.forEach((sessionId) => hinted.delete(sessionId));
      // A poll finds them as well.
      await store.confirmations(sessionIds).then(found, () => undefined);
    }
  }

  return {
    found,

    async start(fromMs) {
      known.startAfter(await notBefores.newestRevocation());
      for await (const notBefore of writtenSince(notBefores, fromMs)) known.learn(notBefore);
      for await (const page of pagesAfter(null, fromMs)) {
        for (const { sessionId, terminatedAtMs } of page) announced.add(sessionId, terminatedAtMs);
      }
    },

    pollFrom(fromMs) {
      const positions = [unread, reached].flatMap((one) => one?.terminatedAtMs ?? []);
      announced.forgetBefore(Math.min(fromMs, ...positions));
      if (unread) startReader();
    },

    foundRevocation(notBefore) {
      const reason = known.learn(notBefore);
      if (!reason) return;
      const userId = notBefore.userId === EVERYONE ? 'everyone' : notBefore.userId;
      emit('sessions.revoked', { sessions: { userId, reason }, heardFrom: 'another-instance' });
    },

    readOn(after) {
      unread = earlier(unread, after);
      startReader();
    },

    lookUp(sessionIds) {
      for (const sessionId of sessionIds) {
        if (hinted.size < MAX_HINTED && !announced.has(sessionId)) hinted.add(sessionId);
      }
      lookUps ??= lookUpHinted().finally(() => (lookUps = null));
    },

    async stop() {
      stopped = true;
      await Promise.all([reader, lookUps]);
    },
  };
}

function earlier(one: Position | null, other: Position): Position {
  if (!one) return other;
  const isEarlier =
    one.terminatedAtMs < other.terminatedAtMs ||
    (one.terminatedAtMs === other.terminatedAtMs && one.sessionId < other.sessionId);
  return isEarlier ? one : other;
}
