import { Button, Dialog, Flex } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useState, type ReactNode } from 'react';

import { useFocusReturn } from '../hooks/useFocusReturn';
import { useTranslate } from '../hooks/useTranslate';

interface AskDialogProps {
  title: string;
  confirmLabel: string;
  onCancel: () => void;
  /** Does what was asked about; the dialog shows that it waits until this settles. */
  onConfirm: () => Promise<void>;
  children: ReactNode;
}

/** Asks before something is done that matters. */
export function AskDialog({ title, confirmLabel, onCancel, onConfirm, children }: AskDialogProps) {
  const t = useTranslate();
  const returnFocus = useFocusReturn();
  const [isWaiting, setIsWaiting] = useState(false);

  const confirm = async () => {
    setIsWaiting(true);
    await onConfirm();
    setIsWaiting(false);
  };

  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open && !isWaiting) {
          onCancel();
        }
      }}
    >
      <Dialog.Content onCloseAutoFocus={returnFocus}>
        <Dialog.Header>{title}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" gap={2}>
            <WarningCircle width="2.4rem" height="2.4rem" fill="danger600" aria-hidden />
            <Dialog.Description textAlign="center">{children}</Dialog.Description>
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button fullWidth variant="tertiary" disabled={isWaiting}>
              {t('action.cancel')}
            </Button>
          </Dialog.Cancel>
          <Button
            fullWidth
            variant="danger-light"
            loading={isWaiting}
            onClick={() => void confirm()}
          >
            {confirmLabel}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
