import type { JournalEntryView } from './journal';
import type { SessionView } from './sessions';

/** How a token is kept: sealed under a key, by its public name, or as nothing but a fingerprint. */
export type StoredTokenView =
  | { kept: 'sealed'; keyId: string; key: 'primary' | 'previous' | 'unknown' }
  | { kept: 'fingerprint' };

/** One session with its history and the facts of its tokens; `null` where there is no such token. */
export interface SessionDetails extends SessionView {
  /** What the journal tells of it, newest first, the oldest left out where there is too much. */
  history: JournalEntryView[];
  stored: { access: StoredTokenView | null; refresh: StoredTokenView | null };
}

/** The answer of `GET /sessions/:sessionId`. */
export interface SessionDetailsResponse {
  data: SessionDetails;
}
