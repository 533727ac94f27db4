import { Box, Button, Flex, Modal } from '@strapi/design-system';
import type { ReactNode } from 'react';

import { useFocusReturn } from '../hooks/useFocusReturn';
import { useTranslate } from '../../wording/useTranslate';

interface InfoModalProps {
  title: string;
  /** Shown beside the title. */
  badge?: ReactNode;
  children: ReactNode;
  /** The label of the button that closes, unless it is *Close*. */
  closeLabel?: string;
  /** Further buttons beside the one that closes. */
  actions?: ReactNode;
  onClose: () => void;
  /** Called after the dialog is gone, to set the focus; by default it returns to where it was. */
  onClosed?: () => void;
}

/** A dialog that shows something until it is closed. */
export function InfoModal({
  title,
  badge,
  children,
  closeLabel,
  actions,
  onClose,
  onClosed,
}: InfoModalProps) {
  const t = useTranslate();
  const returnFocus = useFocusReturn();
  const moveFocus =
    onClosed &&
    ((event: Event) => {
      event.preventDefault();
      onClosed();
    });
  return (
    <Modal.Root
      open
      onOpenChange={(open) => {
        if (!open) {
          onClose();
        }
      }}
    >
      <Modal.Content onCloseAutoFocus={moveFocus ?? returnFocus}>
        <Modal.Header closeLabel={t('action.close')}>
          <Flex gap={3} wrap="wrap" minWidth={0} paddingRight={3}>
            {/* Without it, a name of one long word would cover the button that closes. */}
            <Box minWidth={0}>
              <Modal.Title>{title}</Modal.Title>
            </Box>
            {badge}
          </Flex>
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {closeLabel ?? t('action.close')}
          </Button>
          {actions}
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
