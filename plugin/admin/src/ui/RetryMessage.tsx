import { Flex, TextButton, Typography } from '@strapi/design-system';

import { useTranslate } from '../wording/useTranslate';

interface RetryMessageProps {
  text: string;
  onRetry: () => void;
}

/** Says that a part of a page could not be loaded, with a button that tries again. */
export function RetryMessage({ text, onRetry }: RetryMessageProps) {
  const t = useTranslate();
  return (
    <Flex gap={3} wrap="wrap" role="alert">
      <Typography textColor="neutral600">{text}</Typography>
      <TextButton onClick={onRetry}>{t('action.retry')}</TextButton>
    </Flex>
  );
}
