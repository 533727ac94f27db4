import type { Actor } from '../../../../../shared/contracts';

/** One entry of the journal; `details` is JSON text. */
export interface JournalEntry {
  atMs: number;
  what: string;
  actorType: Actor['type'];
  actorId: number | null;
  sessionId: string | null;
  userId: number | null;
  why: string | null;
  details: string | null;
  ip: string | null;
  userAgent: string | null;
}
