import { Page } from '@strapi/strapi/admin';

import { PERMISSIONS } from '../../permissions';
import { SettingsPage } from './SettingsPage';

/** The plugin's settings for those who may change them; Strapi's own notice for everyone else. */
export default function ProtectedSettingsPage() {
  return (
    <Page.Protect permissions={PERMISSIONS.settings}>
      <SettingsPage />
    </Page.Protect>
  );
}
