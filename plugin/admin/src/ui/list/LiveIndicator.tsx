import { Flex, Status, TextButton, Typography } from '@strapi/design-system';

import { useTranslate } from '../../wording/useTranslate';

interface LiveIndicatorProps {
  /** Whether the newest request failed, and the list may be out of date. */
  isStale: boolean;
  onRetry: () => void;
}

/** Shows whether the list is current. If it is not, a button tries again. */
export function LiveIndicator({ isStale, onRetry }: LiveIndicatorProps) {
  const t = useTranslate();
  return (
    <Flex role="status" gap={3}>
      <Status variant={isStale ? 'danger' : 'success'} size="S" title={t('live.explanation')}>
        <Typography variant="pi" fontWeight="bold">
          {t(isStale ? 'live.stale' : 'live.on')}
        </Typography>
      </Status>
      {isStale && <TextButton onClick={onRetry}>{t('action.retry')}</TextButton>}
    </Flex>
  );
}
