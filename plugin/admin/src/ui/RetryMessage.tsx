import { Flex, TextButton, Typography } from '@strapi/design-system';

import { useTranslate } from '../wording/useTranslate';

interface LoadingFailedProps {
  text: string;
  onRetry: () => void;
}

/** Says in place of what should stand here that it did not come, and asks for it again. */
export function RetryMessage({ text, onRetry }: LoadingFailedProps) {
  const t = useTranslate();
  return (
    <Flex gap={3} wrap="wrap" role="alert">
      <Typography textColor="neutral600">{text}</Typography>
      <TextButton onClick={onRetry}>{t('action.retry')}</TextButton>
    </Flex>
  );
}
