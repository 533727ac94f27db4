import type { CleanUpJob } from '../services/clean-up/clean-up-job';
import { createActivity, type ActivityReader } from '../services/views/activity';
import { createImpactFacts, type ImpactFactsReader } from '../services/views/impact-facts';
import { createProtection, type Protection } from '../services/views/protection';
import { createJournalListReader, type JournalListReader } from '../services/views/journal-list';
import { createSessionDetails, type SessionDetailsView } from '../services/views/session-details';
import { createSessionFacts, type FactsOf } from '../services/views/session-facts';
import { createSessionListReader, type SessionListReader } from '../services/views/session-list';
import { createStatus, type Status } from '../services/views/status';
import type { Geography } from '../services/geography/geography';
import type { Strapi } from '../strapi';
import { composeGeography } from './geography';
import type { EncryptionServices } from './encryption';
import type { InstanceServices } from './instances';
import type { JournalServices } from './journal';
import type { SettingsServices } from './settings';
import type { Stores } from './stores';

/** The read services for administrators. */
export interface ViewServices {
  factsOf: FactsOf;
  sessionList: SessionListReader;
  sessionDetails: SessionDetailsView;
  journalList: JournalListReader;
  impactFacts: ImpactFactsReader;
  activity: ActivityReader;
  status: Status;
  protection: Protection;
  geography: Geography;
}

/** The services that views depend on. */
export interface ViewDependencies {
  settings: SettingsServices;
  instances: InstanceServices;
  encryption: EncryptionServices;
  journal: JournalServices;
  cleanUp: CleanUpJob;
}

export function composeViews(
  strapi: Strapi,
  stores: Stores,
  services: ViewDependencies,
): ViewServices {
  const { cleanUp: cleanUpJob } = services;
  const pages = stores.sessionPages;
  const protection = createProtection();
  const geography = composeGeography(strapi);
  const factsOf = createSessionFacts(() => services.settings.live.current(), geography);
  const journalList = createJournalListReader({
    strapi,
    store: stores.journal,
    flush: () => services.journal.flush(),
    geography,
  });
  return {
    factsOf,
    sessionList: createSessionListReader(strapi, stores.sessions, pages, factsOf),
    sessionDetails: createSessionDetails({
      strapi,
      core: services.settings.core,
      store: stores.sessions,
      journalList,
      factsOf,
    }),
    journalList,
    impactFacts: createImpactFacts({ times: stores.sessionTimes, pages, cleanUpJob }),
    activity: createActivity(stores.activity),
    status: createStatus({
      pages,
      activity: stores.activity,
      settings: services.settings.live,
      cleanUpJob,
      resealing: services.encryption.resealing,
      sealCount: services.encryption.sealCount,
      feed: services.instances.feed,
      protection,
      principals: services.instances.principals.reads,
      redis: services.instances.redis,
      geography,
    }),
    protection,
    geography,
  };
}
