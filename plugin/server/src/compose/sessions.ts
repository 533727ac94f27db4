import type { TerminationReason } from '../../../shared/contracts';
import { databaseReason } from '../log';
import { SYSTEM } from '../services/requests/actor';
import { createLastSeenBuffer, type LastSeenBuffer } from '../services/sessions/last-seen-buffer';
import { shareLastSeen } from '../services/sessions/last-seen-claims';
import { createLoginRecorder } from '../services/sessions/logins/login-recorder';
import { createMissedRevocation } from '../services/sessions/missed-revocation';
import { createSessionFactory } from '../services/sessions/logins/new-session';
import { createRefreshReuse } from '../services/sessions/refresh-reuse';
import { createRefreshRotation, type RefreshRotation } from '../services/sessions/refresh-rotation';
import { createAccountCheck, type AccountCheck } from '../services/sessions/account-check';
import {
  createContinuation,
  type Continuation,
} from '../services/sessions/continuation/continuation';
import {
  createSessionLinks,
  type SessionLinks,
} from '../services/sessions/continuation/session-links';
import { createSessionRenewal } from '../services/sessions/continuation/session-renewal';
import { createUserRefusal } from '../services/sessions/user-refusal';
import { createLoginBinding, type LoginBinding } from '../services/sessions/logins/login-binding';
import {
  createProvisionalSessions,
  type ProvisionalSessions,
} from '../services/sessions/logins/provisional-sessions';
import { createRevocations } from '../services/sessions/revocations';
import { createSessionExpiry, type SessionExpiry } from '../services/sessions/session-expiry';
import { createSessionLimit } from '../services/sessions/logins/session-limit';
import { createSessionLookup } from '../services/sessions/session-lookup';
import { createSessionResolver } from '../services/sessions/session-resolver';
import { createSessions, type Sessions } from '../services/sessions/sessions';
import { createTerminations } from '../services/sessions/terminations';
import { createTokenReader, type TokenReader } from '../services/sessions/tokens/token-reader';
import {
  createAfterCommit,
  createWatchCommit,
  type AfterCommit,
  type WatchCommit,
} from '../stores/database/sql/after-commit';
import { createInTransaction, type InTransaction } from '../stores/database/sql/transaction';
import { currentRequest, jwtSecretOf, PLUGIN_NAME, USERS_ORIGIN, type Strapi } from '../strapi';
import type { InstanceServices } from './instances';
import type { JournalServices } from './journal';
import type { LoginProtectionServices } from './login-protection';
import type { RequestServices } from './requests';
import type { SettingsServices } from './settings';
import type { Stores } from './stores';
import type { UserServices } from './users';

/** The services of sessions, from login to termination. */
export interface SessionServices {
  sessions: Sessions;
  provisionals: ProvisionalSessions;
  rotation: RefreshRotation;
  lastSeenBuffer: LastSeenBuffer;
  accountCheck: AccountCheck;
  binding: LoginBinding;
  continuation: Continuation;
  expiry: SessionExpiry;
  links: SessionLinks;
  tokens: TokenReader;
  inTransaction: InTransaction;
  afterCommit: AfterCommit;
  watchCommit: WatchCommit;
}

/** The services that sessions depend on. */
export interface SessionDependencies {
  settings: SettingsServices;
  instances: InstanceServices;
  requests: RequestServices;
  journal: JournalServices;
  users: UserServices;
  loginProtection: LoginProtectionServices;
}

export function composeSessions(
  strapi: Strapi,
  stores: Stores,
  services: SessionDependencies,
): SessionServices {
  const { core } = services.settings;
  const { feed, redis, remote } = services.instances;
  const { publish } = services.journal;
  const requestStates = services.requests.states;
  const settings = () => services.settings.live.current();
  const { notBefores, notBeforeCache, rotations, strapiSessions } = stores;
  const [store, cache] = [stores.sessions, stores.sessionCache];

  const sessionFactory = createSessionFactory(core, settings);
  const inTransaction = createInTransaction(strapi);
  const afterCommit = createAfterCommit(strapi);
  const lookup = createSessionLookup({
    store,
    notBefores,
    cache,
    notBeforeCache,
    feed,
    afterCommit,
    isInTransaction: () => strapi.db.inTransaction(),
    inactivityTimeoutMs: () => settings().inactivityTimeout,
  });
  const tokens = createTokenReader({
    jwtSecret: () => jwtSecretOf(strapi),
    accessClaims: (token) => accessClaimsOf(strapi, token),
    currentRequest: () => currentRequest(strapi),
    facts: services.requests.facts,
  });
  const revocations = createRevocations({
    store,
    cache,
    notBefores,
    notBeforeCache,
    knownRevocations: stores.knownRevocations,
    hints: redis.hints,
    publish,
    inTransaction,
    afterCommit,
    requestStates,
  });
  const binding = createLoginBinding(requestStates, notBefores, store, stores.documentIds);
  const terminations = createTerminations({
    store,
    rotations,
    strapiSessions,
    cache,
    revocations,
    hints: redis.hints,
    afterCommit,
    publish,
    lookUp: (sessionIds) => remote.lookUp(sessionIds),
  });
  const lastSeenBuffer = createLastSeenBuffer(
    shareLastSeen((batch) => store.updateLastSeen(batch), redis.claims, cache),
    (error) => {
      const reason = databaseReason(error);
      strapi.log.error(`${PLUGIN_NAME}: last seen could not be written: ${reason}`);
    },
  );
  const terminate = (sessionIds: readonly string[], reason: TerminationReason): Promise<void> =>
    terminations.terminateMany(sessionIds, reason, SYSTEM);
  const missedRevocation = createMissedRevocation(lookup);
  const recorder = createLoginRecorder({
    settings,
    store,
    rotations,
    provisionals: stores.provisionals,
    cache,
    lookup,
    sessionFactory,
    binding,
    limit: createSessionLimit({ core, settings, store, notBefores, terminate }),
    missedRevocation,
    terminate,
    publish,
    loggedIn: (userId, method) =>
      services.loginProtection.places.loggedIn(userId, method).catch((error: unknown) => {
        const reason = databaseReason(error);
        strapi.log.error(`${PLUGIN_NAME}: the place of a login could not be recorded: ${reason}`);
      }),
  });
  const accountCheck = createAccountCheck({
    accounts: services.users.accounts,
    store,
    cache,
    lookup,
    terminations,
  });
  const userRefusal = createUserRefusal(notBefores, (session) => accountCheck.decideNow(session));
  const provisionals = createProvisionalSessions({
    store: stores.provisionals,
    refusalOf: userRefusal,
    lookup,
    recorder,
    facts: () => services.requests.facts.loginFactsOf(currentRequest(strapi)),
  });
  const resolver = createSessionResolver({
    settings,
    store,
    rotations,
    strapiSessions,
    cache,
    lookup,
    provisionals,
    notBefores,
    sessionFactory,
    documentIds: stores.documentIds,
    imports: stores.importedSessions,
    begun: (session) => recorder.announceBegun(session),
  });
  const sessions = createSessions({
    core,
    store,
    lookup,
    sessionFactory,
    resolver,
    terminations,
    lastSeenBuffer,
    recorder,
    missedRevocation,
    publish,
  });
  const rotation = createRefreshRotation({
    core,
    sessions,
    store,
    rotations,
    strapiSessions,
    cache,
    reuse: createRefreshReuse(core, terminations, publish),
    inTransaction,
  });
  const expiry = createSessionExpiry(store);
  const links = createSessionLinks(stores.links, (sessionId, untilMs) =>
    store.extend(sessionId, untilMs),
  );
  const renewal = createSessionRenewal({
    core,
    store,
    rotations,
    lookup,
    recorder,
    refusalOf: userRefusal,
    inTransaction,
  });
  const continuation = createContinuation({
    currentRequest: () => currentRequest(strapi),
    requestStates,
    tokens,
    links,
    sessions,
    accountCheck,
    resolver,
    provisionals,
    lookup,
    expiry,
    renewal,
    rotations,
    cache,
    inTransaction,
    afterCommit,
  });
  return {
    sessions,
    provisionals,
    rotation,
    lastSeenBuffer,
    accountCheck,
    binding,
    continuation,
    expiry,
    links,
    tokens,
    inTransaction,
    afterCommit,
    watchCommit: createWatchCommit(strapi),
  };
}

/** Returns the claims of an access token of Strapi's session manager, which Strapi before 5.24 lacks. */
function accessClaimsOf(strapi: Strapi, token: string): object | null {
  const { sessionManager } = strapi as Partial<Pick<Strapi, 'sessionManager'>>;
  if (!sessionManager?.hasOrigin(USERS_ORIGIN)) return null;
  return sessionManager(USERS_ORIGIN).validateAccessToken(token).payload;
}
