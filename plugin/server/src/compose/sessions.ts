import { databaseReason } from '../log';
import { createLastSeenBuffer, type LastSeenBuffer } from '../services/sessions/last-seen-buffer';
import { shareLastSeen } from '../services/sessions/last-seen-claims';
import { createSessionFactory } from '../services/sessions/new-session';
import { createRefreshRotation, type RefreshRotation } from '../services/sessions/refresh-rotation';
import { createSessionLookup } from '../services/sessions/session-lookup';
import { createSessionResolver } from '../services/sessions/session-resolver';
import { createSessions, type Sessions } from '../services/sessions/sessions';
import { createTerminations } from '../services/sessions/terminations';
import { createAfterCommit } from '../stores/database/sql/after-commit';
import { createInTransaction, type InTransaction } from '../stores/database/sql/transaction';
import { PLUGIN_NAME, type Strapi } from '../strapi';
import type { InstanceServices } from './instances';
import type { JournalServices } from './journal';
import type { RequestServices } from './requests';
import type { SettingsServices } from './settings';
import type { Stores } from './stores';

/** The sessions: from login to termination. */
export interface SessionServices {
  sessions: Sessions;
  rotation: RefreshRotation;
  lastSeenBuffer: LastSeenBuffer;
  inTransaction: InTransaction;
}

/** The wings that sessions are built on. */
export interface SessionWings {
  settings: SettingsServices;
  instances: InstanceServices;
  requests: RequestServices;
  journal: JournalServices;
}

export function composeSessions(
  strapi: Strapi,
  stores: Stores,
  wings: SessionWings,
): SessionServices {
  const { core } = wings.settings;
  const { feed, redis } = wings.instances;
  const { publish } = wings.journal;
  const requestStates = wings.requests.states;
  const settings = () => wings.settings.live.current();
  const { notBefores, notBeforeCache, rotations, strapiSessions } = stores;
  const [store, cache] = [stores.sessions, stores.sessionCache];

  const sessionFactory = createSessionFactory(core, settings);
  const inTransaction = createInTransaction(strapi);
  const lookup = createSessionLookup({
    store,
    notBefores,
    cache,
    notBeforeCache,
    feed,
    inactivityTimeoutMs: () => settings().inactivityTimeout,
  });
  const resolver = createSessionResolver({
    settings,
    store,
    rotations,
    strapiSessions,
    cache,
    lookup,
    notBefores,
    sessionFactory,
  });
  const terminations = createTerminations({
    store,
    rotations,
    strapiSessions,
    cache,
    notBefores,
    notBeforeCache,
    hints: redis.hints,
    afterCommit: createAfterCommit(strapi),
    requestStates,
    publish,
  });
  const lastSeenBuffer = createLastSeenBuffer(
    shareLastSeen((batch) => store.updateLastSeen(batch), redis.claims, cache),
    (error) => {
      const why = databaseReason(error);
      strapi.log.error(`${PLUGIN_NAME}: last seen could not be written: ${why}`);
    },
  );
  const sessions = createSessions({
    core,
    settings,
    store,
    cache,
    lookup,
    sessionFactory,
    resolver,
    terminations,
    lastSeenBuffer,
    requestStates,
    publish,
  });
  const rotation = createRefreshRotation({
    core,
    sessions,
    store,
    rotations,
    strapiSessions,
    cache,
    publish,
    inTransaction,
  });
  return { sessions, rotation, lastSeenBuffer, inTransaction };
}
