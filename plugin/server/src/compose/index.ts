import type { CleanUpJob } from '../services/clean-up/clean-up-job';
import type { Strapi } from '../strapi';
import { createInstallation, type Installation } from '../services/installation/installation';
import { composeActions, type ActionServices } from './actions';
import { composeCleanUp } from './clean-up';
import { composeEncryption, type EncryptionServices } from './encryption';
import { composeInstances, type InstanceServices } from './instances';
import { composeJournal, type JournalServices } from './journal';
import { composeLimits, type LimitServices } from './limits';
import { composeLoginProtection, type LoginProtectionServices } from './login-protection';
import { composeRequests, type RequestServices } from './requests';
import { composeSessions, type SessionServices } from './sessions';
import { composeSettings, type SettingsServices } from './settings';
import { openStores } from './stores';
import { composeUsers, type UserServices } from './users';
import { loadServerCore } from '../services/settings/load-core';
import { createVersion4Import, type Version4Import } from '../services/upgrade/version-4-import';
import { composeViews, type ViewServices } from './views';

/** The services of the plugin for one Strapi application, by subject. */
export interface Services {
  settings: SettingsServices;
  requests: RequestServices;
  instances: InstanceServices;
  encryption: EncryptionServices;
  journal: JournalServices;
  limits: LimitServices;
  loginProtection: LoginProtectionServices;
  sessions: SessionServices;
  cleanUp: CleanUpJob;
  views: ViewServices;
  actions: ActionServices;
  users: UserServices;
  installation: Installation;
  version4: Version4Import;
}

const composed = new WeakMap<Strapi, Services>();

/** Returns the services of an application; the first call composes them. */
export function servicesOf(strapi: Strapi): Services {
  const services = composed.get(strapi) ?? compose(strapi);
  composed.set(strapi, services);
  return services;
}

function compose(strapi: Strapi): Services {
  const settings = composeSettings(strapi);
  const stores = openStores(strapi, settings);
  const requests = composeRequests(strapi, settings);
  const journal = composeJournal(strapi, stores, requests);
  const instances = composeInstances(strapi, stores, settings, journal);
  const encryption = composeEncryption(strapi, stores, settings);
  const limits = composeLimits(strapi, stores, instances);
  const loginProtection = composeLoginProtection(strapi, stores, {
    settings,
    requests,
    journal,
    limits,
  });
  const shared = { settings, instances, requests, journal };
  const users = composeUsers(strapi, settings);
  const sessions = composeSessions(strapi, stores, { ...shared, users, loginProtection });
  const cleanUp = composeCleanUp(strapi, stores, settings, journal, sessions);
  const views = composeViews(strapi, stores, { ...shared, encryption, cleanUp });
  const actions = composeActions(strapi, stores, { requests, sessions, views });
  return {
    settings,
    requests,
    instances,
    encryption,
    journal,
    limits,
    loginProtection,
    sessions,
    cleanUp,
    views,
    actions,
    users,
    installation: createInstallation(stores.installation, () => settings.core.newSessionId()),
    version4: createVersion4Import({
      source: stores.version4Sessions,
      target: stores.importedSessions,
      progress: stores.importProgress,
      documentIds: stores.documentIds,
      sessionIdOf: (row) => loadServerCore().sessionIdFor('import', row),
    }),
  };
}
