import { Dialog, Flex } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useState, type ReactNode } from 'react';

import { useFocusReturn } from '../hooks/useFocusReturn';
import { DialogActions } from './DialogActions';

interface AskDialogProps {
  /** Given where the dialog is to fade out while its question is still there. */
  isOpen?: boolean;
  title: string;
  confirmLabel: string;
  onCancel: () => void;
  /** Does what was asked about; the dialog shows that it waits until this settles. */
  onConfirm: () => Promise<void>;
  /** Puts the focus where it belongs once the dialog is gone; else it goes back to where it was. */
  onClosed?: () => void;
  children: ReactNode;
}

/**
 * Asks before something is done that matters.
 *
 * Built like Strapi's own ConfirmDialog from the same parts; that one neither stays open while
 * the server answers nor lets its user say where the focus goes.
 */
export function ConfirmDialog({
  isOpen = true,
  title,
  confirmLabel,
  onCancel,
  onConfirm,
  onClosed,
  children,
}: AskDialogProps) {
  const returnFocus = useFocusReturn();
  const [isWaiting, setIsWaiting] = useState(false);

  const confirm = async () => {
    setIsWaiting(true);
    await onConfirm();
    setIsWaiting(false);
  };

  const handleOpenChange = (open: boolean) => {
    if (!open && !isWaiting) {
      onCancel();
    }
  };

  const handleClosed = (event: Event) => {
    if (onClosed) {
      event.preventDefault();
      onClosed();
    } else {
      returnFocus(event);
    }
  };

  return (
    <Dialog.Root open={isOpen} onOpenChange={handleOpenChange}>
      <Dialog.Content onCloseAutoFocus={handleClosed}>
        <Dialog.Header>{title}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" gap={2}>
            <WarningCircle width="2.4rem" height="2.4rem" fill="danger600" aria-hidden />
            <Dialog.Description textAlign="center">{children}</Dialog.Description>
          </Flex>
        </Dialog.Body>
        <DialogActions confirmLabel={confirmLabel} isWaiting={isWaiting} onConfirm={confirm} />
      </Dialog.Content>
    </Dialog.Root>
  );
}
