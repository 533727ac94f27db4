import { Shield } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';

import {
  UserSessionsPanel,
  type SidePanel,
  type SidePanelProps,
} from './user-panel/UserSessionsPanel';
import { PERMISSIONS } from './permissions';
import { PLUGIN_ID } from './pluginId';
import { loadTranslations } from './translations';
import { translationId } from './wording/translationId';

/** The content manager's API for panels beside its forms; Strapi does not type it. */
interface ContentManagerApis {
  addEditViewSidePanel?: (panels: ((props: SidePanelProps) => SidePanel)[]) => void;
}

/** The admin side of the plugin. Only this file is part of the panel's first load. */
export default {
  /** Adds *Sessions* to the sidebar, to Strapi's settings and, from Strapi 5.13 on, to its homepage. */
  register(app: StrapiApp): void {
    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: Shield,
      intlLabel: { id: translationId('page.title'), defaultMessage: 'Sessions' },
      permissions: PERMISSIONS.read,
      Component: () => import('./pages/App'),
    });

    app.addSettingsLink(
      {
        id: PLUGIN_ID,
        intlLabel: { id: translationId('page.title'), defaultMessage: 'Sessions' },
      },
      {
        id: `${PLUGIN_ID}-settings`,
        to: PLUGIN_ID,
        intlLabel: { id: translationId('settings.link'), defaultMessage: 'Configuration' },
        permissions: PERMISSIONS.settings,
        Component: () => import('./pages/SettingsPage'),
      },
    );

    // Strapi's types always have it; before 5.13 it does not exist.
    const { widgets } = app as Partial<Pick<StrapiApp, 'widgets'>>;
    widgets?.register({
      id: 'activity',
      pluginId: PLUGIN_ID,
      icon: Shield,
      title: { id: translationId('widget.title'), defaultMessage: 'Users online' },
      link: {
        label: { id: translationId('widget.link'), defaultMessage: 'All sessions' },
        href: `/plugins/${PLUGIN_ID}`,
      },
      permissions: PERMISSIONS.read,
      component: async () => (await import('./activity/ActivityWidget')).ActivityWidget,
    });

    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID });
  },

  /** Adds a user's sessions to the content manager, beside the user. */
  bootstrap(app: Pick<StrapiApp, 'getPlugin'>): void {
    const apis = app.getPlugin('content-manager').apis as ContentManagerApis | undefined;
    apis?.addEditViewSidePanel?.([UserSessionsPanel]);
  },

  /** Gives Strapi the texts of its configured languages. */
  registerTrads({ locales }: { locales: string[] }) {
    return loadTranslations(locales);
  },
};
