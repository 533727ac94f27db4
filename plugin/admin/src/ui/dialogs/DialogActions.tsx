import { Button, Dialog } from '@strapi/design-system';

import { useTranslate } from '../../wording/useTranslate';

interface DialogActionsProps {
  /** `null` where there is nothing to confirm. */
  confirmLabel: string | null;
  /** Shows that what was confirmed is being done. */
  isWaiting: boolean;
  onConfirm: () => Promise<void>;
}

/** The two ways out of a dialog that asks. */
export function DialogActions({ confirmLabel, isWaiting, onConfirm }: DialogActionsProps) {
  const t = useTranslate();
  return (
    <Dialog.Footer>
      <Dialog.Cancel>
        <Button fullWidth variant="tertiary" disabled={isWaiting}>
          {t('action.cancel')}
        </Button>
      </Dialog.Cancel>
      {confirmLabel !== null && (
        <Button
          fullWidth
          variant="danger-light"
          loading={isWaiting}
          onClick={() => void onConfirm()}
        >
          {confirmLabel}
        </Button>
      )}
    </Dialog.Footer>
  );
}
