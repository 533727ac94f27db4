import type { RefusalReason } from '../../../../shared/contracts';
import { monotonicMs } from '../../clock';

/** What the seams note about a request, for the middleware around it. */
export interface RequestNotes {
  /** Writes that must be committed before the response leaves. */
  readonly commits: Promise<unknown>[];
  refusal: RefusalReason | null;
  /** Whether nobody could say if the session of its token goes on. */
  isUnjudged: boolean;
  /** How long a login has to wait that was refused for too many failed ones; `null` for any other. */
  retryAfterMs: number | null;
  /** Monotonic instant since which what the request knows of its user holds. */
  sinceMs: number;
  /** The session whose token the request came with, once that has passed. */
  session: { sessionId: string; userId: number } | null;
}

/** The notes of the requests under way. */
export interface Notebook {
  /** Opens the notes of a request, at its beginning if nobody has before. */
  of(ctx: object): RequestNotes;
  peek(ctx: object): RequestNotes | undefined;
}

/** Makes an empty notebook; a request's notes go when the request does. */
export function createNotebook(): Notebook {
  const pages = new WeakMap<object, RequestNotes>();
  return {
    of(ctx) {
      const page = pages.get(ctx) ?? {
        commits: [],
        refusal: null,
        isUnjudged: false,
        retryAfterMs: null,
        session: null,
        sinceMs: monotonicMs(),
      };
      pages.set(ctx, page);
      return page;
    },
    peek: (ctx) => pages.get(ctx),
  };
}
