import { Dialog, Flex } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useState, type ReactNode } from 'react';

import { useFocusReturn } from '../hooks/useFocusReturn';
import { DialogActions } from './DialogActions';

interface ConfirmDialogProps {
  /** False fades the dialog out; without it the dialog is open while it is mounted. */
  isOpen?: boolean;
  title: string;
  confirmLabel: string;
  onCancel: () => void;
  /** Runs the confirmed action. The dialog shows a spinner until it settles. */
  onConfirm: () => Promise<void>;
  /** Called after the dialog is gone, to set the focus; by default it returns to where it was. */
  onClosed?: () => void;
  children: ReactNode;
}

/**
 * Asks for a confirmation.
 *
 * It is built like Strapi's own ConfirmDialog, from the same parts. Strapi's closes before the server
 * answers, and does not let its caller set the focus.
 */
export function ConfirmDialog({
  isOpen = true,
  title,
  confirmLabel,
  onCancel,
  onConfirm,
  onClosed,
  children,
}: ConfirmDialogProps) {
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
