import type { Actor } from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import type { RequestContext } from '../../strapi';
import { actorOf, VISITOR } from '../requests/actor';
import type { JournalBuffer } from './journal-buffer';
import { ENTRY_FIELDS, type JournalFacts } from './journal-entries';
import type { RequestFacts } from '../requests/login-facts';
import { sanitizeText } from '../requests/sanitize-text';

/** Records events for administrators; callers neither wait for it nor fail with it. */
export interface Journal {
  /** Records an event; without `by`, the actor is that of the current request. */
  record<Name extends keyof JournalFacts>(name: Name, facts: JournalFacts[Name], by?: Actor): void;
}

/** The method of a login may contain the name of a provider as the client sent it. */
const MAX_WHY_LENGTH = 100;

/**
 * Creates a journal over its buffer.
 *
 * @param request Returns the current request.
 */
export function createJournal(
  buffer: JournalBuffer,
  request: () => RequestContext | undefined,
  { originOf }: Pick<RequestFacts, 'originOf'>,
): Journal {
  return {
    record(name, facts, by) {
      const kept = ENTRY_FIELDS[name]?.(facts);
      if (!kept) return;
      const ctx = request();
      const { userId = null, sessionId = null, why, details, ...origin } = kept;
      const who = by ?? actingFor(userId, actorOf(ctx));
      // A decision of the system has no origin, even if a request caused it.
      const requestOrigin = originOf(who.type === 'system' ? undefined : ctx);
      const { ip, userAgent } = { ...requestOrigin, ...origin };
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

/** A client that logs in or resets a password is not signed in yet; its actor is the user. */
function actingFor(userId: number | null, actor: Actor): Actor {
  return actor === VISITOR && userId !== null ? { type: 'user', id: userId } : actor;
}
