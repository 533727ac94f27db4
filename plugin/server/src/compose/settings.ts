import type { Core } from '../../../shared/core';
import { findEncryptionKey } from '../services/encryption/encryption-key';
import { isAcceptedOption } from '../services/settings/accepted-option';
import { createLiveSettings, type LiveSettings } from '../services/settings/live-settings';
import { configuredOptions, coreOptions } from '../services/settings/options';
import { createSettingsStore } from '../stores/database/values/settings-store';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/** The core and its settings. */
export interface SettingsServices {
  core: Core;
  live: LiveSettings;
  /** The unique id of this process. */
  instanceId: string;
}

export function composeSettings(strapi: Strapi): SettingsServices {
  const live = createLiveSettings({
    options: coreOptions(configuredOptions(strapi), isAcceptedOption),
    key: findEncryptionKey(strapi),
    store: createSettingsStore(strapi),
    report: (message) => strapi.log.warn(`${PLUGIN_NAME}: ${message}; the stored value is ignored`),
  });
  return { core: live.core, live, instanceId: live.core.newSessionId() };
}
