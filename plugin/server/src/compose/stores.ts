import { createActivityStore } from '../stores/database/sessions/activity-store';
import { createFeedStore } from '../stores/database/sessions/feed-store';
import { createRefusalStore } from '../stores/database/sessions/refusal-store';
import { createSealedStore } from '../stores/database/sessions/sealed-store';
import { createSessionPages } from '../stores/database/sessions/session-pages';
import { createProvisionalStore } from '../stores/database/sessions/provisional-store';
import { createSessionStore } from '../stores/database/sessions/session-store';
import { createSessionTimesStore } from '../stores/database/sessions/session-times';
import { createTerminationIds } from '../stores/database/sessions/termination-ids';
import { createDocumentIds } from '../stores/database/document-ids';
import { createInstanceCountStore } from '../stores/database/values/instance-count-store';
import {
  createImportedSessions,
  type ImportProgress,
} from '../stores/database/upgrade/imported-sessions';
import { createInstallationStore } from '../stores/database/values/installation-store';
import { createJobStore } from '../stores/database/job-store';
import { createJournalStore } from '../stores/database/journal/journal-store';
import { createLinkStore } from '../stores/database/link-store';
import { createLoginStore } from '../stores/database/login-store';
import { createNotBeforeStore } from '../stores/database/not-before-store';
import { createResealStore } from '../stores/database/values/reseal-store';
import { createStoredValue } from '../stores/database/sql/stored-value';
import { createVersion4Sessions } from '../stores/database/upgrade/version-4-sessions';
import { createRotationStore } from '../stores/database/rotation-store';
import { createSealCountStore } from '../stores/database/seal-count-store';
import { createStrapiSessionStore } from '../stores/database/strapi-session-store';
import { createAnnouncedTerminations } from '../stores/memory/announced-terminations';
import { createKnownRevocations } from '../stores/memory/known-revocations';
import { createMemoryLimits } from '../stores/memory/memory-limits';
import { createNotBeforeCache } from '../stores/memory/not-before-cache';
import { createSessionCache } from '../stores/memory/session-cache';
import type { Strapi } from '../strapi';
import type { SettingsServices } from './settings';

/** The maximum number of cached sessions per process. */
const MAX_CACHED_SESSIONS = 100_000;

/** The maximum number of cached keys of limits per process. */
const MAX_CACHED_LIMITS = 50_000;

/** The number of terminations by others that each process remembers for longer than a poll needs. */
const MAX_ANNOUNCED = 100_000;

/** The stores in the database and in the memory of this process. */
export type Stores = ReturnType<typeof openStores>;

export function openStores(strapi: Strapi, { instanceId }: SettingsServices) {
  const terminationIds = createTerminationIds(instanceId);
  return {
    activity: createActivityStore(strapi),
    cleanUpJob: createJobStore(strapi, 'clean-up'),
    documentIds: createDocumentIds(strapi),
    feed: createFeedStore(strapi, terminationIds),
    importedSessions: createImportedSessions(strapi),
    importProgress: createStoredValue<ImportProgress | null>(strapi, 'version-4-import', null),
    version4Sessions: createVersion4Sessions(strapi),
    installation: createInstallationStore(strapi),
    instanceCount: createInstanceCountStore(strapi),
    journal: createJournalStore(strapi),
    links: createLinkStore(strapi),
    logins: createLoginStore(strapi),
    notBefores: createNotBeforeStore(strapi),
    refusals: createRefusalStore(strapi),
    provisionals: createProvisionalStore(strapi),
    reseal: createResealStore(strapi),
    rotations: createRotationStore(strapi),
    sealCount: createSealCountStore(strapi),
    sealed: createSealedStore(strapi),
    sessions: createSessionStore(strapi, terminationIds),
    sessionPages: createSessionPages(strapi),
    sessionTimes: createSessionTimesStore(strapi),
    strapiSessions: createStrapiSessionStore(strapi),
    sessionCache: createSessionCache(MAX_CACHED_SESSIONS),
    notBeforeCache: createNotBeforeCache(),
    announcedTerminations: createAnnouncedTerminations(MAX_ANNOUNCED),
    knownRevocations: createKnownRevocations(),
    localLimits: createMemoryLimits(MAX_CACHED_LIMITS),
    limitsReplica: createMemoryLimits(MAX_CACHED_LIMITS),
  };
}
