import { Button, Dialog } from '@strapi/design-system';

import { useTranslate } from '../../wording/useTranslate';

interface DialogActionsProps {
  /** `null` if there is nothing to confirm. */
  confirmLabel: string | null;
  /** Whether the confirmed action is running. */
  isWaiting: boolean;
  onConfirm: () => Promise<void>;
}

/** The two buttons of a dialog that asks for a confirmation. */
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
