import { monotonicMs } from '../../clock';
import type { RefusedAttempt } from './refusal';

/** Refusals that are repeated for a moment, so that a flood of guesses is no flood of statements. */
export interface RepeatedRefusals {
  /** Returns the refusal of an attempt at a subject from somewhere, if it is repeated now. */
  find(subject: string, from: string): RefusedAttempt | null;
  add(subject: string, from: string, refusal: RefusedAttempt): void;
  /** Forgets the refusals at a subject, because it may be allowed now. */
  forget(subject: string): void;
  /** Forgets all refusals. */
  clear(): void;
}

/** A refusal is repeated for this long, in milliseconds. */
const REPEAT_FOR_MS = 1000;

/** The most refusals that are remembered. */
const MAX_REMEMBERED = 10_000;

interface Remembered {
  untilMs: number;
  retryAtMs: number;
}

/** Creates the refusals of this process. */
export function createRepeatedRefusals(): RepeatedRefusals {
  const bySubject = new Map<string, Map<string, Remembered>>();
  let remembered = 0;

  return {
    find(subject, from) {
      const known = bySubject.get(subject)?.get(from);
      const now = monotonicMs();
      if (!known || known.untilMs <= now) return null;
      return { retryAfterMs: Math.max(1, known.retryAtMs - now), locks: false };
    },

    add(subject, from, { retryAfterMs }) {
      if (remembered >= MAX_REMEMBERED) {
        bySubject.clear();
        remembered = 0;
      }
      const now = monotonicMs();
      const untilMs = now + Math.min(REPEAT_FOR_MS, retryAfterMs);
      const ofSubject = bySubject.get(subject) ?? new Map<string, Remembered>();
      bySubject.set(subject, ofSubject.set(from, { untilMs, retryAtMs: now + retryAfterMs }));
      remembered += 1;
    },

    forget: (subject) => void bySubject.delete(subject),

    clear() {
      bySubject.clear();
      remembered = 0;
    },
  };
}
