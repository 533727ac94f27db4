import { Button, Dialog, Flex } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useState } from 'react';

import type { SessionView } from '../../../../shared/contracts';
import { useSessionWords } from '../../hooks/useSessionWords';
import { useTranslate } from '../../hooks/useTranslate';

interface TerminateDialogProps {
  isOpen: boolean;
  /** The session in question; kept while the dialog fades out. */
  session: SessionView;
  onCancel: () => void;
  /** Ends the session; the dialog shows that it waits until this settles. */
  onConfirm: () => Promise<void>;
  /** Called once the dialog is gone: puts the focus where it belongs. */
  onClosed: () => void;
}

/**
 * Asks whether a session shall end, naming user and device.
 *
 * Built like Strapi's own ConfirmDialog from the same parts; that one neither stays open while
 * the server answers nor lets its user say where the focus goes.
 */
export function TerminateDialog({
  isOpen,
  session,
  onCancel,
  onConfirm,
  onClosed,
}: TerminateDialogProps) {
  const t = useTranslate();
  const { userName, deviceName } = useSessionWords();
  const [isTerminating, setIsTerminating] = useState(false);

  const confirm = async () => {
    setIsTerminating(true);
    await onConfirm();
    setIsTerminating(false);
  };

  const handleOpenChange = (open: boolean) => {
    if (!open && !isTerminating) {
      onCancel();
    }
  };

  return (
    <Dialog.Root open={isOpen} onOpenChange={handleOpenChange}>
      <Dialog.Content
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          onClosed();
        }}
      >
        <Dialog.Header>{t('terminate.title')}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" gap={2}>
            <WarningCircle width="2.4rem" height="2.4rem" fill="danger600" aria-hidden />
            <Dialog.Description textAlign="center">
              {t('terminate.body', {
                user: userName(session),
                device: deviceName(session.device),
              })}
            </Dialog.Description>
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button fullWidth variant="tertiary" disabled={isTerminating}>
              {t('action.cancel')}
            </Button>
          </Dialog.Cancel>
          <Button
            fullWidth
            variant="danger-light"
            loading={isTerminating}
            onClick={() => void confirm()}
          >
            {t('terminate.confirm')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
