import { databaseReason } from '../log';
import {
  createAccountAttempts,
  type AccountAttempts,
} from '../services/login-protection/account-attempts';
import { createAddressLocks, type AddressLocks } from '../services/login-protection/address-locks';
import { createKnownPlaces, type KnownPlaces } from '../services/login-protection/known-places';
import { createLocks, type Locks } from '../services/login-protection/locks';
import { createLoginEvents, type LoginEvents } from '../services/login-protection/login-events';
import { createLoginProtection, userSubject } from '../services/login-protection/login-protection';
import { createNetworkAttempts } from '../services/login-protection/network-attempts';
import { createOwnAttempts, type OwnAttempts } from '../services/login-protection/own-attempts';
import {
  createRequestAttempts,
  type RequestAttempts,
} from '../services/login-protection/request-attempts';
import { createRepeatedRefusals } from '../services/login-protection/repeated-refusals';
import { loadServerCore } from '../services/settings/load-core';
import { currentRequest, PLUGIN_NAME, USER_MODEL, type Strapi } from '../strapi';
import type { JournalServices } from './journal';
import type { LimitServices } from './limits';
import type { RequestServices } from './requests';
import type { SettingsServices } from './settings';
import type { Stores } from './stores';

/** The protection of logins. */
export interface LoginProtectionServices {
  accounts: AccountAttempts;
  attempts: RequestAttempts;
  events: LoginEvents;
  /** The attempts of login routes that an app has itself. */
  own: OwnAttempts;
  places: KnownPlaces;
  locks: Locks;
  addressLocks: AddressLocks;
}

/** The services that the protection of logins depends on. */
export interface LoginProtectionDependencies {
  settings: SettingsServices;
  requests: RequestServices;
  journal: JournalServices;
  limits: LimitServices;
}

export function composeLoginProtection(
  strapi: Strapi,
  stores: Stores,
  services: LoginProtectionDependencies,
): LoginProtectionServices {
  const { core, live } = services.settings;
  const { facts, states: requestStates } = services.requests;
  const { limiter, failedLogins, allFailedLogins } = services.limits;
  const request = () => currentRequest(strapi);
  const report = (error: unknown): void => {
    strapi.log.error(`${PLUGIN_NAME}: a login could not be counted: ${databaseReason(error)}`);
  };
  const isInTransaction = (): boolean => strapi.db.inTransaction();
  const refusals = createRepeatedRefusals();
  const changed = (userId: number): void => refusals.forget(userSubject(userId));
  const accounts = createAccountAttempts(
    core,
    loadServerCore(),
    stores.logins,
    isInTransaction,
    changed,
  );
  const networks = createNetworkAttempts(core, limiter);
  const isEnabled = (): boolean => live.current()['failedLogins.enabled'];
  const protection = createLoginProtection(
    { accounts, networks, refusals, isEnabled },
    isInTransaction,
  );
  const places = createKnownPlaces({
    core,
    store: stores.logins,
    facts,
    requestStates,
    request,
    changed,
    usesCookies: (ctx) => usesCookies(strapi, ctx.request.headers['x-strapi-refresh-cookie']),
  });
  const events = createLoginEvents({
    core,
    facts,
    journal: services.journal.journal,
    emit: services.journal.emit,
    perNetwork: failedLogins,
    ofAll: allFailedLogins,
  });
  const attempts = createRequestAttempts({
    protection,
    places,
    events,
    facts,
    requestStates,
    request,
    report,
  });
  const own = createOwnAttempts({
    core,
    protection,
    places,
    events,
    request,
    findUser: (identifier) => findUser(strapi, identifier),
  });
  const locks = createLocks(stores.logins, accounts, places);
  const addressLocks = createAddressLocks({
    core,
    networks,
    journal: stores.journal,
    flush: () => services.journal.flush(),
    changed: () => refusals.clear(),
  });
  return { accounts, attempts, events, own, places, locks, addressLocks };
}

/** Tells whether users-permissions answers a request with its refresh token in a cookie. */
function usesCookies(strapi: Strapi, asked: string | string[] | undefined): boolean {
  const plugin = 'plugin::users-permissions';
  if (strapi.config.get<string>(`${plugin}.jwtManagement`, 'legacy-support') !== 'refresh')
    return false;
  return asked === 'httpOnly' || strapi.config.get<boolean>(`${plugin}.sessions.httpOnly`, false);
}

/** Finds a user as the login of users-permissions does, by e-mail address or user name. */
async function findUser(strapi: Strapi, identifier: string): Promise<number | null> {
  const where = { $or: [{ email: identifier.toLowerCase() }, { username: identifier }] };
  // Strapi cannot type a content type that an app may extend; the id is always there.
  const user = (await strapi.db.query(USER_MODEL).findOne({ select: ['id'], where })) as {
    id: number;
  } | null;
  return user?.id ?? null;
}
