import { Flex, IconButton, Loader, TextButton, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';

import type { LoadedCore } from '../../hooks/useCore';
import { useImpactFacts } from '../../hooks/useImpactFacts';
import type { PreviewSettings } from '../../hooks/usePreviewSettings';
import { useTranslate } from '../../hooks/useTranslate';
import { ImpactFigures } from './ImpactFigures';
import { SectionTitle } from './SectionTitle';

interface ImpactSectionProps {
  core: LoadedCore;
  settings: PreviewSettings;
  /** Changes its identity whenever settings are saved. */
  saved: unknown;
}

/** Says what the settings would do to the sessions there are now. */
export function ImpactSection({ core, settings, saved }: ImpactSectionProps) {
  const t = useTranslate();
  const { facts, load } = useImpactFacts(saved);
  return (
    <Flex tag="section" direction="column" alignItems="stretch" gap={3}>
      <Flex justifyContent="space-between" minHeight="3.2rem">
        <SectionTitle>{t('impact.title')}</SectionTitle>
        {facts.status === 'ready' && (
          // Within a form, it would save it.
          <IconButton type="button" variant="ghost" label={t('impact.reload')} onClick={load}>
            <ArrowClockwise />
          </IconButton>
        )}
      </Flex>
      {facts.status === 'ready' && (
        <ImpactFigures core={core} settings={settings} sessions={facts.sessions} />
      )}
      {facts.status === 'loading' && (
        <Flex justifyContent="center" padding={4}>
          <Loader small>{t('impact.loading')}</Loader>
        </Flex>
      )}
      {facts.status === 'forbidden' && (
        <Typography textColor="neutral600">{t('impact.forbidden')}</Typography>
      )}
      {facts.status === 'failed' && (
        <Flex gap={3} wrap="wrap" role="alert">
          <Typography textColor="neutral600">{t('impact.failed')}</Typography>
          <TextButton onClick={load}>{t('action.retry')}</TextButton>
        </Flex>
      )}
    </Flex>
  );
}
