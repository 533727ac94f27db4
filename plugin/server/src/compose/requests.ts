import { createRequestStates, type RequestStates } from '../services/requests/request-state';
import type { Strapi } from '../strapi';

/** The states of current requests. */
export interface RequestServices {
  states: RequestStates;
}

export function composeRequests(strapi: Strapi): RequestServices {
  return { states: createRequestStates(() => strapi.requestContext.get()) };
}
