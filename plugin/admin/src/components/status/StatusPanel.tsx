import { Flex, Loader, TextButton, Typography } from '@strapi/design-system';

import { useStatus } from '../../hooks/useStatus';
import { useTranslate } from '../../hooks/useTranslate';
import { Panel } from '../settings/Panel';
import { StatusFacts } from './StatusFacts';

/** Says how the plugin is doing. */
export function StatusPanel() {
  const t = useTranslate();
  const { state, load } = useStatus();
  return (
    <Panel title={t('status.title')}>
      {state.status === 'ready' && <StatusFacts facts={state.facts} onChanged={load} />}
      {state.status === 'loading' && (
        <Flex justifyContent="center" padding={4}>
          <Loader small>{t('status.loading')}</Loader>
        </Flex>
      )}
      {state.status === 'forbidden' && (
        <Typography textColor="neutral600">{t('status.forbidden')}</Typography>
      )}
      {state.status === 'failed' && (
        <Flex gap={3} wrap="wrap" role="alert">
          <Typography textColor="neutral600">{t('status.failed')}</Typography>
          <TextButton onClick={load}>{t('action.retry')}</TextButton>
        </Flex>
      )}
    </Panel>
  );
}
