import { Page } from '@strapi/strapi/admin';

import { PERMISSIONS } from '../../permissions';
import { JournalPage } from './JournalPage';

/** The *Journal* page for those who may see it; Strapi's own notice for everyone else. */
export default function ProtectedJournalPage() {
  return (
    <Page.Protect permissions={PERMISSIONS.read}>
      <JournalPage />
    </Page.Protect>
  );
}
