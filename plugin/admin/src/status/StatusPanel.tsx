import { Flex, Loader, Typography } from '@strapi/design-system';

import { useStatus } from './useStatus';
import { useTranslate } from '../wording/useTranslate';
import { RetryMessage } from '../ui/RetryMessage';
import { Panel } from '../ui/Panel';
import { StatusFacts } from './StatusFacts';

const FORBIDDEN = 403;

/** The status of the plugin. */
export function StatusPanel() {
  const t = useTranslate();
  const { state, reload } = useStatus();
  return (
    <Panel title={t('status.title')}>
      {state.status === 'ready' && <StatusFacts facts={state.data} />}
      {state.status === 'loading' && (
        <Flex justifyContent="center" padding={4}>
          <Loader small>{t('status.loading')}</Loader>
        </Flex>
      )}
      {state.status === 'failed' &&
        (state.httpStatus === FORBIDDEN ? (
          <Typography textColor="neutral600">{t('status.forbidden')}</Typography>
        ) : (
          <RetryMessage text={t('status.failed')} onRetry={reload} />
        ))}
    </Panel>
  );
}
