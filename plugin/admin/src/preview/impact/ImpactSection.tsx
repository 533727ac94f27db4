import { Flex, IconButton, Loader, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';

import type { LoadedCore } from '../../core/useCore';
import { useImpactFacts } from './useImpactFacts';
import type { PreviewSettings } from '../usePreviewSettings';
import { useTranslate } from '../../wording/useTranslate';
import { RetryMessage } from '../../ui/RetryMessage';
import { ImpactFigures } from './ImpactFigures';
import { SectionTitle } from '../../ui/SectionTitle';

const FORBIDDEN = 403;

interface ImpactSectionProps {
  core: LoadedCore;
  settings: PreviewSettings;
  /** Changes its identity whenever settings are saved. */
  saved: unknown;
}

/** The effect of the settings on the current sessions. */
export function ImpactSection({ core, settings, saved }: ImpactSectionProps) {
  const t = useTranslate();
  const { state, reload } = useImpactFacts(saved);
  return (
    <Flex tag="section" direction="column" alignItems="stretch" gap={3}>
      <Flex justifyContent="space-between" minHeight="3.2rem">
        <SectionTitle>{t('impact.title')}</SectionTitle>
        {state.status === 'ready' && (
          // Without the type, it would submit the form.
          <IconButton type="button" variant="ghost" label={t('impact.reload')} onClick={reload}>
            <ArrowClockwise />
          </IconButton>
        )}
      </Flex>
      {state.status === 'ready' && (
        <ImpactFigures core={core} settings={settings} sessions={state.data} />
      )}
      {state.status === 'loading' && (
        <Flex justifyContent="center" padding={4}>
          <Loader small>{t('impact.loading')}</Loader>
        </Flex>
      )}
      {state.status === 'failed' &&
        (state.httpStatus === FORBIDDEN ? (
          <Typography textColor="neutral600">{t('impact.forbidden')}</Typography>
        ) : (
          <RetryMessage text={t('impact.failed')} onRetry={reload} />
        ))}
    </Flex>
  );
}
