import { Box, Loader } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import { lazy, Suspense, type ReactNode } from 'react';

import { useTranslate } from '../wording/useTranslate';
import { PERMISSIONS } from '../permissions';
import { USER_MODEL } from '../data/userModel';

const UserSessions = lazy(() => import('./UserSessions'));

/** The content manager's props for a panel beside its form. */
export interface SidePanelProps {
  model: string;
  documentId?: string;
  /** The document as it is stored; missing while it is being created. */
  document?: { id?: number | string; blocked?: boolean | null };
}

/** A panel of the content manager; `null` hides it. */
export type SidePanel = { title: string; content: ReactNode } | null;

/** The panel beside a user in the content manager, for those who may see sessions. */
export function UserSessionsPanel({ model, documentId, document }: SidePanelProps): SidePanel {
  const t = useTranslate();
  const { allowedActions } = useRBAC(PERMISSIONS.read);
  const userId = Number(document?.id);
  if (model !== USER_MODEL || documentId === undefined || !Number.isSafeInteger(userId)) {
    return null;
  }
  if (allowedActions.canRead !== true) {
    return null;
  }
  return {
    title: t('page.title'),
    content: (
      <Box id="magic-user-sessions" width="100%">
        <Suspense fallback={<Loader small>{t('page.loading')}</Loader>}>
          <UserSessions
            userId={userId}
            documentId={documentId}
            isBlocked={document?.blocked === true}
          />
        </Suspense>
      </Box>
    ),
  };
}
