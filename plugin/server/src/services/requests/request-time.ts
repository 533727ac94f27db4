import { monotonicMs } from '../../clock';
import type { Strapi } from '../../strapi';
import type { Notebook } from './request-state';

/** Since when what the current request knows of its user holds. Instants are monotonic. */
export interface RequestTime {
  /** When the request began, or last ended a user's sessions itself; outside a request, now. */
  sinceMs(): number;
  /** Says that the request has just ended a user's sessions and knows of it. */
  renew(): void;
}

/** Makes the clock of requests over their notes. */
export function createRequestTime(strapi: Strapi, notebook: Notebook): RequestTime {
  return {
    sinceMs() {
      const ctx = strapi.requestContext.get();
      return ctx ? notebook.of(ctx).sinceMs : monotonicMs();
    },

    renew() {
      const ctx = strapi.requestContext.get();
      if (ctx) notebook.of(ctx).sinceMs = monotonicMs();
    },
  };
}
