import { Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { useRef, useState, type FormEvent } from 'react';

import type { LockRow } from '../../../shared/contracts';
import { InfoModal } from '../ui/dialogs/InfoModal';
import { useSessionLabels } from '../wording/useSessionLabels';
import { useTranslate } from '../wording/useTranslate';
import type { OpenPlaceOutcome } from './useLockActions';

const FORM_ID = 'open-place';

interface OpenPlaceDialogProps {
  lock: LockRow;
  /** Opens the place of an address. The button shows a spinner until it settles. */
  onOpen: (ip: string) => Promise<OpenPlaceOutcome>;
  onClose: () => void;
}

/** Asks for the address of a place, and lets the user log in there. */
export function OpenPlaceDialog({ lock, onOpen, onClose }: OpenPlaceDialogProps) {
  const t = useTranslate();
  const { userName } = useSessionLabels();
  const [ip, setIp] = useState('');
  const [isRefused, setIsRefused] = useState(false);
  const [isOpening, setIsOpening] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const address = ip.trim();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (address === '' || isOpening) {
      return;
    }
    setIsOpening(true);
    const outcome = await onOpen(address);
    setIsOpening(false);
    setIsRefused(outcome === 'refused');
    if (outcome === 'opened') {
      onClose();
    } else {
      field.current?.focus();
    }
  };

  return (
    <InfoModal
      title={t('locks.openPlaceLabel', { user: userName(lock) })}
      closeLabel={t('action.cancel')}
      onClose={onClose}
      actions={
        <Button type="submit" form={FORM_ID} disabled={address === ''} loading={isOpening}>
          {t('locks.placeConfirm')}
        </Button>
      }
    >
      <form id={FORM_ID} noValidate onSubmit={(event) => void submit(event)}>
        <Flex direction="column" alignItems="stretch" gap={5}>
          <Typography tag="p" textColor="neutral800">
            {t('locks.placeBody')}
          </Typography>
          <Field.Root
            name="ip"
            error={isRefused ? t('locks.placeInvalid') : undefined}
            hint={t('locks.placeHint')}
          >
            <Field.Label>{t('details.ip')}</Field.Label>
            <TextInput
              ref={field}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder="203.0.113.7"
              value={ip}
              onChange={(event) => {
                setIp(event.target.value);
                setIsRefused(false);
              }}
            />
            <Field.Error />
            <Field.Hint />
          </Field.Root>
        </Flex>
      </form>
    </InfoModal>
  );
}
