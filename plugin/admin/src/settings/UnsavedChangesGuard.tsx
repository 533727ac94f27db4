import { Dialog } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { useEffect } from 'react';
import { useBlocker } from 'react-router-dom';

import { useTranslate } from '../wording/useTranslate';

/** Asks before leaving the page or closing the tab loses unsaved changes. */
export function UnsavedChangesGuard({ isDirty }: { isDirty: boolean }) {
  const t = useTranslate();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isDirty && currentLocation.pathname !== nextLocation.pathname,
  );

  useEffect(() => {
    if (!isDirty) {
      return;
    }
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isDirty]);

  if (blocker.state !== 'blocked') {
    return null;
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && blocker.reset()}>
      <ConfirmDialog
        title={t('leave.title')}
        onCancel={() => blocker.reset()}
        onConfirm={() => blocker.proceed()}
      >
        {t('leave.body')}
      </ConfirmDialog>
    </Dialog.Root>
  );
}
