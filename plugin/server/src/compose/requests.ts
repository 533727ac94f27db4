import { createRequestFacts, type RequestFacts } from '../services/requests/login-facts';
import { createClientReader } from '../services/requests/network';
import { createRequestStates, type RequestStates } from '../services/requests/request-state';
import { currentRequest, type Strapi } from '../strapi';
import type { SettingsServices } from './settings';

/** The states and the facts of current requests. */
export interface RequestServices {
  states: RequestStates;
  facts: RequestFacts;
}

export function composeRequests(strapi: Strapi, { core, live }: SettingsServices): RequestServices {
  return {
    states: createRequestStates(() => currentRequest(strapi)),
    facts: createRequestFacts(createClientReader(core, () => live.current())),
  };
}
