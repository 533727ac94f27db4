import { createBlocking, type Blocking } from '../services/actions/user-blocking';
import { cleanUpPlanOf } from '../config/clean-up-cron';
import { createCleanUp } from '../services/clean-up/clean-up';
import { createCleanUpJob, type CleanUpJob } from '../services/clean-up/clean-up-job';
import { createOneAtATime } from '../services/clean-up/job-lock';
import { createBulk, type Bulk } from '../services/actions/bulk-termination';
import {
  configuredOptions,
  coreOptions,
  findKey,
  loadServerCore,
} from '../services/settings/load-core';
import { createActivity, type ActivityReader } from '../services/views/activity';
import { createAnnounce, type Announce } from '../services/journal/event-hub';
import { createRedis, type Redis } from './redis';
import { databaseReason } from '../log';
import { createDatabaseFeed, type DatabaseFeed } from '../services/instances/termination-feed';
import { createAgreedLimits } from '../services/limits/shared-limiter';
import { createInstanceMemory, type InstanceMemory } from '../services/instances/instance-count';
import { createJournal, type Journal } from '../services/journal/journal';
import {
  createJournalBuffer,
  type JournalBuffer,
  type JournalBufferParts,
} from '../services/journal/journal-buffer';
import { createJournalPages, type JournalPages } from '../services/views/journal-list';
import { createImpactFacts, type ImpactFactsReader } from '../services/views/impact-facts';
import { createListing, type Listing } from '../services/views/session-list';
import { createLiveSettings, type LiveSettings } from '../services/settings/live-settings';
import { createLoginBackOff, type LoginBackOff } from '../services/limits/login-back-off';
import { createProxyWarning, type ProxyWarning } from '../services/limits/proxy-warning';
import { createOwnSessions, type OwnSessions } from '../services/actions/my-sessions';
import { createNotebook, type Notebook } from '../services/requests/request-state';
import { createRequestTime } from '../services/requests/request-time';
import { createEndings } from '../services/sessions/terminations';
import { createNewSessionRow } from '../services/sessions/new-session';
import { createSessionOfToken } from '../services/sessions/session-resolver';
import { createSessionDetails, type SessionDetailsView } from '../services/views/session-details';
import { createSessions, type Sessions } from '../services/sessions/sessions';
import { createStatus, type Status } from '../services/views/status';
import { createRefreshRotation, type RefreshRotation } from '../services/sessions/refresh-rotation';
import { createResealing, type Resealing } from '../services/encryption/resealing';
import { createSealCount, type SealCount } from '../services/encryption/seal-count';
import { createSessionKnowledge } from '../services/sessions/session-lookup';
import { shareTouches } from '../services/sessions/last-seen-claims';
import {
  createQuotas,
  FAILED_LOGIN_QUOTA,
  USER_QUOTA,
  type Quotas,
} from '../services/limits/rate-limiter';
import { createTouchBuffer, type TouchBuffer } from '../services/sessions/last-seen-buffer';
import { createActivityStore } from '../stores/database/sessions/activity-store';
import { createAfterCommit } from '../stores/database/sql/after-commit';
import { createFeedStore } from '../stores/database/sessions/feed-store';
import { createInstanceCountStore } from '../stores/database/instance-count-store';
import { createKnownInstants } from '../stores/memory/not-before-cache';
import { createJobStore } from '../stores/database/job-store';
import { createJournalStore } from '../stores/database/journal-store';
import { createLocalView } from '../stores/memory/session-cache';
import { createMemoryLimits } from '../stores/memory/memory-limits';
import { createResealStore } from '../stores/database/reseal-store';
import { createOneCommit, type InOneCommit } from '../stores/database/sql/transaction';
import { createRotationStore } from '../stores/database/rotation-store';
import { createNotBeforeStore } from '../stores/database/not-before-store';
import { createSealedStore } from '../stores/database/sessions/sealed-store';
import { createSessionPages } from '../stores/database/sessions/session-pages';
import { createSessionTimesStore } from '../stores/database/sessions/session-times';
import { createSessionStore } from '../stores/database/sessions/session-store';
import { createSealCountStore } from '../stores/database/seal-count-store';
import { createSettingsStore } from '../stores/database/settings-store';
import { createStrapiSessionStore } from '../stores/database/strapi-session-store';
import type { CleanUpReport } from '../../../shared/contracts';
import type { Core } from '../../../shared/core';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/** Everything the plugin holds for one Strapi application. */
export interface Manager {
  core: Core;
  settings: LiveSettings;
  status: Status;
  activity: ActivityReader;
  impactFacts: ImpactFactsReader;
  listing: Listing;
  details: SessionDetailsView;
  journal: Journal;
  journalBuffer: JournalBuffer;
  journalPages: JournalPages;
  sessions: Sessions;
  rotation: RefreshRotation;
  own: OwnSessions;
  bulk: Bulk;
  cleanUpJob: CleanUpJob;
  resealing: Resealing;
  seals: SealCount;
  blocking: Blocking;
  touches: TouchBuffer;
  feed: DatabaseFeed;
  redis: Redis;
  instanceMemory: InstanceMemory;
  notebook: Notebook;
  announce: Announce;
  inOneCommit: InOneCommit;
  backOff: LoginBackOff;
  userQuotas: Quotas;
  failedLoginQuotas: Quotas;
  warnOfProxy: ProxyWarning;
  /** Ends what goes on beside the requests. */
  stopBackground: () => void;
  /** Undoes what the seams can undo. */
  release: () => void;
}

const KNOWN_SESSIONS = 100_000;
const KNOWN_LIMITS = 50_000;

const managers = new WeakMap<Strapi, Manager>();

/** Gives the manager of an application, made when first asked for. */
export function managerOf(strapi: Strapi): Manager {
  const manager = managers.get(strapi) ?? assemble(strapi);
  managers.set(strapi, manager);
  return manager;
}

function assemble(strapi: Strapi): Manager {
  const settings = createLiveSettings({
    options: coreOptions(configuredOptions(strapi)),
    key: findKey(strapi),
    store: createSettingsStore(strapi),
    report: (message) => strapi.log.warn(`${message}; the stored value is left out`),
  });
  const { core } = settings;
  const store = createSessionStore(strapi);
  const view = createLocalView(KNOWN_SESSIONS);
  const notBefores = createNotBeforeStore(strapi);
  const instants = createKnownInstants();
  const feed = createDatabaseFeed({
    store: createFeedStore(strapi),
    notBefores,
    view,
    instants,
    report: feedReporter(strapi),
  });
  const redis = createRedis(strapi, {
    view,
    feed,
    instanceId: core.newSessionId(),
    touchPeriodMs: () => core.touchPeriodMs(),
    hearLimit: (news) => limits.hear(news),
  });
  const limits = createAgreedLimits({
    alone: createMemoryLimits(KNOWN_LIMITS),
    agreed: createMemoryLimits(KNOWN_LIMITS),
    shared: redis.limits,
    instances: redis.instances,
  });
  const touches = createTouchBuffer(
    shareTouches((batch) => store.touch(batch), redis.claims, view),
    (error) => {
      const why = databaseReason(error);
      strapi.log.error(`${PLUGIN_NAME}: last seen could not be written: ${why}`);
    },
  );
  const rotations = createRotationStore(strapi);
  const notebook = createNotebook();
  const journalStore = createJournalStore(strapi);
  const journalBuffer = createJournalBuffer({
    write: (batch) => journalStore.append(batch),
    ...journalReporter(strapi),
  });
  const journal = createJournal(journalBuffer, () => strapi.requestContext.get());
  const journalPages = createJournalPages({ strapi, store: journalStore, buffer: journalBuffer });
  const announce = createAnnounce(strapi, journal);
  const strapiSessions = createStrapiSessionStore(strapi);
  const inOneCommit = createOneCommit(strapi);
  const newRow = createNewSessionRow(core, () => settings.current());
  const knowledge = createSessionKnowledge({
    store,
    notBefores,
    view,
    instants,
    feed,
    inactivityTimeoutMs: () => settings.current().inactivityTimeout,
  });
  const requestTime = createRequestTime(strapi, notebook);
  const sessions = createSessions({
    core,
    settings: () => settings.current(),
    store,
    view,
    knowledge,
    newRow,
    sessionOfToken: createSessionOfToken({
      settings: () => settings.current(),
      store,
      rotations,
      strapiSessions,
      view,
      knowledge,
      notBefores,
      newRow,
    }),
    endings: createEndings({
      store,
      rotations,
      strapiSessions,
      view,
      notBefores,
      instants,
      hints: redis.hints,
      afterCommit: createAfterCommit(strapi),
      requestTime,
      announce,
    }),
    touches,
    requestTime,
    announce,
  });
  const pages = createSessionPages(strapi);
  const seals = createSealCount({
    core,
    store: createSealCountStore(strapi),
    warnAt: loadServerCore().sealCountToWarnAt(),
    warn: sealWarner(strapi),
  });
  const listing = createListing(strapi, store, pages);
  const jobStore = createJobStore(strapi, 'clean-up');
  const cleanUpJob = createCleanUpJob({
    cleanUp: createCleanUp({ core, store, sessions, notBefores, touches, journal: journalStore }),
    store: jobStore,
    oneAtATime: createOneAtATime(jobStore, () => core.newSessionId()),
    plannedAfter: cleanUpPlanOf(configuredOptions(strapi).cleanupCron).after,
    report: cleanUpReporter(strapi, journal),
  });
  const resealing = createResealing({
    core,
    sealed: createSealedStore(strapi),
    store: createResealStore(strapi),
  });
  return {
    core,
    settings,
    status: createStatus({ pages, settings, cleanUpJob, resealing, seals, feed, redis }),
    activity: createActivity(createActivityStore(strapi)),
    impactFacts: createImpactFacts({ times: createSessionTimesStore(strapi), pages, cleanUpJob }),
    listing,
    details: createSessionDetails({ strapi, core, store, journalPages }),
    journal,
    journalBuffer,
    journalPages,
    sessions,
    rotation: createRefreshRotation({
      core,
      sessions,
      store,
      rotations,
      strapiSessions,
      view,
      announce,
      inOneCommit,
    }),
    own: createOwnSessions(store, pages, sessions),
    bulk: createBulk(pages, listing, sessions),
    cleanUpJob,
    resealing,
    seals,
    blocking: createBlocking(strapi),
    touches,
    notebook,
    announce,
    inOneCommit,
    backOff: createLoginBackOff({
      core,
      rules: loadServerCore(),
      limits,
      report: (error) =>
        strapi.log.error(`${PLUGIN_NAME}: a login could not be counted: ${databaseReason(error)}`),
    }),
    userQuotas: createQuotas(loadServerCore(), limits, 'user', USER_QUOTA),
    failedLoginQuotas: createQuotas(loadServerCore(), limits, 'failed', FAILED_LOGIN_QUOTA),
    warnOfProxy: createProxyWarning(strapi),
    feed,
    redis,
    instanceMemory: createInstanceMemory(createInstanceCountStore(strapi), redis),
    stopBackground: () => undefined,
    release: () => undefined,
  };
}

function sealWarner(strapi: Strapi): (total: number) => void {
  return (total) =>
    strapi.log.warn(
      `${PLUGIN_NAME}: ${total} tokens are sealed under the present encryption key, which is half of what one key is good for (NIST SP 800-38D). Move it to SESSION_ENCRYPTION_KEY_PREVIOUS and set a new SESSION_ENCRYPTION_KEY (make one with: openssl rand -base64 32).`,
    );
}

function cleanUpReporter(strapi: Strapi, journal: Journal): (run: CleanUpReport) => void {
  return (run) => {
    const { inactive, ended, deleted, tookMs } = run;
    strapi.log.info(
      `${PLUGIN_NAME}: clean-up: ${inactive} sessions marked inactive, ${ended} ended, ${deleted} deleted in ${tookMs} ms`,
    );
    journal.note('clean-up.finished', run);
  };
}

function journalReporter(strapi: Strapi): Pick<JournalBufferParts, 'failed' | 'lost'> {
  return {
    failed: (error) => {
      const why = databaseReason(error);
      strapi.log.error(`${PLUGIN_NAME}: the journal could not be written: ${why}`);
    },
    lost: (count) => strapi.log.error(`${PLUGIN_NAME}: the journal lacks ${count} entries`),
  };
}

function feedReporter(strapi: Strapi): (error: Error | null) => void {
  return (error) => {
    if (!error) strapi.log.info(`${PLUGIN_NAME}: the database can be followed again`);
    else strapi.log.error(`${PLUGIN_NAME}: cannot follow the database: ${databaseReason(error)}`);
  };
}
