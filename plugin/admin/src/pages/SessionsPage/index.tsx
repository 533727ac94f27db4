import { Page } from '@strapi/strapi/admin';

import { PERMISSIONS } from '../../permissions';
import { SessionsPage } from './SessionsPage';

/** The *Sessions* page for those who may see it; Strapi's own notice for everyone else. */
export default function ProtectedSessionsPage() {
  return (
    <Page.Protect permissions={PERMISSIONS.read}>
      <SessionsPage />
    </Page.Protect>
  );
}
