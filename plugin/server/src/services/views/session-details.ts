import type { SessionDetails, StoredTokenView } from '../../../../shared/contracts';
import type { Core } from '../../../../shared/core';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import type { Strapi } from '../../strapi';
import { loadServerCore } from '../settings/load-core';
import type { JournalListReader } from './journal-list';
import type { FactsOf } from './session-facts';
import { createSessionViews } from './session-list';

/** Reads the details of one session, never a token. */
export interface SessionDetailsView {
  /** Returns the details of a session; `null` if there is no such session. */
  find(sessionId: string): Promise<SessionDetails | null>;
}

/** Dependencies of {@link createSessionDetails}. */
export interface SessionDetailsParts {
  strapi: Strapi;
  core: Core;
  store: SessionStore;
  journalList: JournalListReader;
  factsOf: FactsOf;
}

export function createSessionDetails(parts: SessionDetailsParts): SessionDetailsView {
  const { strapi, core, store, journalList, factsOf } = parts;
  const viewsOf = createSessionViews(strapi, factsOf);

  /** A stored token that is no envelope is a fingerprint. */
  function tokenView(stored: string | null): StoredTokenView | null {
    if (stored === null) return null;
    const keyId = loadServerCore().keyIdOf(stored);
    const key = core.keyStateOf(stored);
    if (keyId === null || key === 'malformed') return { kept: 'fingerprint' };
    return { kept: 'sealed', keyId, key };
  }

  return {
    async find(sessionId) {
      const row = await store.find(sessionId);
      if (!row) return null;
      const [view] = await viewsOf([row]);
      if (!view) return null;
      const stored = { refresh: tokenView(row.refreshToken) };
      return { ...view, history: await journalList.ofSession(sessionId), stored };
    },
  };
}
