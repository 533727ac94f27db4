import type { Actor } from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import type { RequestContext } from '../../strapi';
import { actorOf, VISITOR } from '../requests/actor';
import type { JournalBuffer } from './journal-buffer';
import { ENTRY_FIELDS, type JournalFacts } from './journal-entries';
import { originOf } from '../requests/login-facts';
import { sanitizeText } from '../requests/sanitize-text';

/** Notes what happens, for administrators to look up; nobody waits for it, and nothing fails by it. */
export interface Journal {
  /** Notes something, done by whoever the request comes from unless told otherwise. */
  record<Name extends keyof JournalFacts>(name: Name, facts: JournalFacts[Name], by?: Actor): void;
}

/** A login method may name a provider as whoever asked spelled it. */
const MAX_WHY_LENGTH = 100;

/** Makes the journal over its buffer; `request` gives the request under way. */
export function createJournal(
  buffer: JournalBuffer,
  request: () => RequestContext | undefined,
): Journal {
  return {
    record(name, facts, by) {
      const kept = ENTRY_FIELDS[name]?.(facts);
      if (!kept) return;
      const ctx = request();
      const { userId = null, sessionId = null, why, details, ...origin } = kept;
      const who = by ?? actingFor(userId, actorOf(ctx));
      // What the system decides comes from nowhere, whoever's request it was decided in.
      const place = originOf(who.type === 'system' ? undefined : ctx);
      const { ip, userAgent } = { ...place, ...origin };
      buffer.add({
        atMs: nowMs(),
        what: name,
        actorType: who.type,
        actorId: who.id,
        sessionId,
        userId,
        why: sanitizeText(why, MAX_WHY_LENGTH),
        details: details ? JSON.stringify(details) : null,
        ip,
        userAgent,
      });
    },
  };
}

/** Who logs in, or resets a password, is not signed in yet: it is the user as far as is known. */
function actingFor(userId: number | null, actor: Actor): Actor {
  return actor === VISITOR && userId !== null ? { type: 'user', id: userId } : actor;
}
