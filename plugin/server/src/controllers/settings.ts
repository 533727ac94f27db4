import type { SettingsResponse, SettingValue } from '../../../shared/contracts';
import { servicesOf } from '../compose';
import { SettingRefused } from '../services/settings/live-settings';
import type { Strapi } from '../strapi';
import { bodyOf, checked, type Request } from './parsing/checked';
import { BadParameter } from './parsing/parameters';

/** Answers the administrators' requests about the plugin's options. */
export default function settingsController({ strapi }: { strapi: Strapi }) {
  const answer = (): SettingsResponse => ({ data: servicesOf(strapi).settings.live.describe() });

  return {
    find: () => answer(),

    change: checked(async (ctx): Promise<SettingsResponse | undefined> => {
      const { settings, journal } = servicesOf(strapi);
      const change = changeFrom(ctx);
      try {
        await settings.live.change(change);
      } catch (error) {
        if (!(error instanceof SettingRefused)) throw error;
        ctx.badRequest(error.message, { field: error.field });
        return undefined;
      }
      if (Object.keys(change).length > 0)
        journal.journal.record('settings.changed', { settings: change });
      return answer();
    }),
  };
}

function changeFrom(ctx: Request): Record<string, SettingValue | null> {
  const { settings } = bodyOf(ctx);
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new BadParameter('settings', 'an object of options');
  }
  // What each value must be is the core's to say.
  return settings as Record<string, SettingValue | null>;
}
