import { Flex, Typography } from '@strapi/design-system';
import { useMemo } from 'react';

import type { SettingView } from '../../../../shared/contracts';
import type { LoadedCore } from '../../core/useCore';
import type { SettingsDraft } from '../../settings/settingsDraft';
import { SectionTitle } from '../../ui/SectionTitle';
import { useTranslate } from '../../wording/useTranslate';
import { previewSubtitle, usePreviewSettings } from '../usePreviewSettings';
import { GuessFigures } from './GuessFigures';
import { OwnerWaits } from './OwnerWaits';

interface LoginForecastSectionProps {
  core: LoadedCore;
  options: readonly SettingView[];
  draft: SettingsDraft;
}

/** The effect of the limits of failed logins on guessers and on the owner of an account. */
export function LoginForecastSection({ core, options, draft }: LoginForecastSectionProps) {
  const t = useTranslate();
  const settings = usePreviewSettings(core, options, draft);
  const { drafted } = settings;
  const forecast = useMemo(() => core.forecastLogins(drafted), [core, drafted]);
  return (
    <Flex tag="section" direction="column" alignItems="stretch" gap={4}>
      <Flex direction="column" alignItems="stretch" gap={1}>
        <SectionTitle>{t('forecast.title')}</SectionTitle>
        <Typography variant="pi" textColor="neutral600">
          {t(previewSubtitle(settings))}
        </Typography>
      </Flex>
      {drafted['failedLogins.enabled'] ? (
        <>
          <GuessFigures networks={forecast.networks} guesses={forecast.guesses} />
          <OwnerWaits forecast={forecast} />
        </>
      ) : (
        <Typography fontWeight="bold" textColor="danger600">
          {t('forecast.unlimited')}
        </Typography>
      )}
    </Flex>
  );
}
