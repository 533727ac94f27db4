import type { JournalEntryView } from './journal';
import type { SessionView } from './sessions';

/** How a token is stored: sealed under a key, named by its public id; earlier versions stored fingerprints. */
export type StoredTokenView =
  | { kept: 'sealed'; keyId: string; key: 'primary' | 'previous' | 'unknown' }
  | { kept: 'fingerprint' };

/** One session with its history and the facts of its stored tokens. */
export interface SessionDetails extends SessionView {
  /** The newest entries of the journal for the session, newest first. */
  history: JournalEntryView[];
  /** `null` where no such token is stored. */
  stored: { refresh: StoredTokenView | null };
}

/** The answer of `GET /sessions/:sessionId`. */
export interface SessionDetailsResponse {
  data: SessionDetails;
}
