import { Page } from '@strapi/strapi/admin';

import { PERMISSIONS } from '../../permissions';
import { SettingsPage } from './SettingsPage';

/** The plugin's settings, for administrators with the permission. */
export default function ProtectedSettingsPage() {
  return (
    <Page.Protect permissions={PERMISSIONS.settings}>
      <SettingsPage />
    </Page.Protect>
  );
}
