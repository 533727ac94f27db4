import type { SettingsResponse, SettingValue } from '../../../shared/contracts';
import { servicesOf } from '../compose';
import { SettingRefused } from '../services/settings/live-settings';
import type { Strapi } from '../strapi';
import { bodyOf, checked, type Request } from './parsing/checked';
import { BadParameter } from './parsing/parameters';

/** Serves the administrators' API of the settings. */
export default function settingsController({ strapi }: { strapi: Strapi }) {
  const response = (): SettingsResponse => ({ data: servicesOf(strapi).settings.live.describe() });

  return {
    find: () => response(),

    change: checked(async (ctx): Promise<SettingsResponse | undefined> => {
      const { settings, journal } = servicesOf(strapi);
      try {
        const changed = await settings.live.change(changeFrom(ctx));
        if (Object.keys(changed).length > 0)
          journal.journal.record('settings.changed', { settings: changed });
      } catch (error) {
        if (!(error instanceof SettingRefused)) throw error;
        ctx.badRequest(error.message, { field: error.field });
        return undefined;
      }
      return response();
    }),
  };
}

function changeFrom(ctx: Request): Record<string, SettingValue | null> {
  const { settings } = bodyOf(ctx);
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new BadParameter('settings', 'an object of options');
  }
  // The core validates each value.
  return settings as Record<string, SettingValue | null>;
}
