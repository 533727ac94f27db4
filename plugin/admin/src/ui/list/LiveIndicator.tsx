import { Flex, Status, TextButton, Typography } from '@strapi/design-system';

import { useTranslate } from '../../wording/useTranslate';

interface LiveIndicatorProps {
  /** Whether the latest refresh failed, so that the list may be out of date. */
  isStale: boolean;
  onRetry: () => void;
}

/** Says whether the list keeps itself current; while it cannot, offers to try again. */
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
