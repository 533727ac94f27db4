import { Box, Flex, Loader, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import type { Activity } from '../../../shared/contracts';
import { useActivity } from './useActivity';
import { RetryMessage } from '../ui/RetryMessage';
import { useTranslate } from '../wording/useTranslate';
import type { TranslationKey } from '../wording/translationId';
import { Sparkline } from './Sparkline';

const FIGURES = [
  { name: 'figure.online', count: 'online' },
  { name: 'widget.last15', count: 'last15Minutes' },
  { name: 'widget.last30', count: 'last30Minutes' },
] as const satisfies readonly { name: TranslationKey; count: keyof Activity }[];

/** The widget on Strapi's homepage: users online now and recently, and the logins of a day. */
export function ActivityWidget() {
  return (
    <Box id="magic-activity" height="100%">
      <WidgetContent />
    </Box>
  );
}

function WidgetContent() {
  const t = useTranslate();
  const { state, reload } = useActivity();
  if (state.data !== null) {
    return <ActivityFacts activity={state.data} />;
  }
  if (state.status === 'failed') {
    return (
      <Flex height="100%" justifyContent="center">
        <RetryMessage text={t('widget.failed')} onRetry={reload} />
      </Flex>
    );
  }
  return (
    <Flex height="100%" justifyContent="center" alignItems="center">
      <Loader>{t('widget.loading')}</Loader>
    </Flex>
  );
}

function ActivityFacts({ activity }: { activity: Activity }) {
  const t = useTranslate();
  const { formatNumber } = useIntl();
  const logins = activity.loginsByHour.reduce((sum, count) => sum + count, 0);
  return (
    <Flex direction="column" alignItems="stretch" gap={5} padding={2}>
      <Flex tag="dl" gap={4} wrap="wrap" justifyContent="space-between">
        {FIGURES.map(({ name, count }) => (
          <Flex key={name} direction="column-reverse" alignItems="flex-start" flex="1" gap={1}>
            <Typography tag="dt" variant="pi" textColor="neutral600">
              {t(name)}
            </Typography>
            <Typography tag="dd" variant="alpha" textColor="neutral800">
              {formatNumber(activity[count])}
            </Typography>
          </Flex>
        ))}
      </Flex>
      <Box>
        <Sparkline values={activity.loginsByHour} />
        <Flex justifyContent="space-between" paddingTop={2}>
          <Typography variant="pi" textColor="neutral600">
            {t('widget.logins', { count: logins })}
          </Typography>
        </Flex>
      </Box>
    </Flex>
  );
}
