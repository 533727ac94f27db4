import { Box, Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { Check, Duplicate } from '@strapi/icons';
import { useState } from 'react';

import { useClipboard } from '../ui/hooks/useClipboard';
import { useTranslate } from '../wording/useTranslate';
import { InfoModal } from '../ui/dialogs/InfoModal';

const KEY_VARIABLE = 'SESSION_ENCRYPTION_KEY';

interface GenerateKeyDialogProps {
  newKey: string;
  /** Whether a key is configured that the new one would replace. */
  replacesKey: boolean;
  onClose: () => void;
}

/** Shows a new key once, as a line for `.env`, with the steps that put it in place. */
export function GenerateKeyDialog({ newKey, replacesKey, onClose }: GenerateKeyDialogProps) {
  const t = useTranslate();
  const copy = useClipboard();
  const [isCopied, setIsCopied] = useState(false);
  const line = `${KEY_VARIABLE}=${newKey}`;
  const variables = { variable: KEY_VARIABLE, previous: `${KEY_VARIABLE}_PREVIOUS` };
  const steps = [
    ...(replacesKey ? [t('key.step.keep', variables)] : []),
    t('key.step.put', variables),
    t('key.step.restart'),
  ];
  return (
    <InfoModal title={t('key.title')} onClose={onClose}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        <Typography textColor="neutral800">{t('key.once')}</Typography>
        <Flex
          direction={{ initial: 'column', medium: 'row' }}
          alignItems={{ initial: 'stretch', medium: 'flex-end' }}
          gap={2}
        >
          <Box flex="1">
            <Field.Root name="environmentLine">
              <Field.Label>{t('key.line')}</Field.Label>
              <TextInput
                readOnly
                value={line}
                style={{ fontFamily: 'monospace' }}
                onFocus={(event) => event.target.select()}
              />
            </Field.Root>
          </Box>
          <Button
            size="L"
            startIcon={isCopied ? <Check /> : <Duplicate />}
            onClick={() => void copy(line).then(setIsCopied)}
          >
            {t(isCopied ? 'action.copied' : 'action.copy')}
          </Button>
        </Flex>
        <Flex direction="column" alignItems="stretch" gap={2}>
          <Typography variant="delta" tag="h3">
            {t('key.next')}
          </Typography>
          <Box tag="ol" paddingLeft={5} style={{ listStyle: 'decimal' }}>
            {steps.map((step) => (
              <Typography
                key={step}
                tag="li"
                textColor="neutral800"
                paddingTop={1}
                paddingBottom={1}
              >
                {step}
              </Typography>
            ))}
          </Box>
        </Flex>
      </Flex>
    </InfoModal>
  );
}
