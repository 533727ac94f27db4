import { Flex, Loader, Typography } from '@strapi/design-system';

import type { SettingView } from '../../../shared/contracts';
import { type CoreState, type LoadedCore } from '../core/useCore';
import { previewSubtitle, usePreviewSettings } from './usePreviewSettings';
import { useTranslate } from '../wording/useTranslate';
import type { SettingsDraft } from '../settings/settingsDraft';
import { Panel } from '../ui/Panel';
import { ImpactSection } from './impact/ImpactSection';
import { TimelineSection } from './timeline/TimelineSection';

interface PreviewPanelProps {
  core: CoreState;
  options: readonly SettingView[];
  draft: SettingsDraft;
}

/** The effect of the settings in the form, computed in the browser as they change. */
export function PreviewPanel({ core, options, draft }: PreviewPanelProps) {
  const t = useTranslate();
  if (core.status === 'ready') {
    return <Preview core={core.core} options={options} draft={draft} />;
  }
  return (
    <Panel title={t('preview.title')}>
      {core.status === 'loading' ? (
        <Flex justifyContent="center" padding={6}>
          <Loader>{t('preview.loading')}</Loader>
        </Flex>
      ) : (
        <Typography textColor="neutral600">{t('preview.blocked')}</Typography>
      )}
    </Panel>
  );
}

interface PreviewProps {
  core: LoadedCore;
  options: readonly SettingView[];
  draft: SettingsDraft;
}

function Preview({ core, options, draft }: PreviewProps) {
  const t = useTranslate();
  const settings = usePreviewSettings(core, options, draft);
  return (
    <Panel title={t('preview.title')} subtitle={t(previewSubtitle(settings))}>
      <ImpactSection core={core} settings={settings} saved={options} />
      <TimelineSection core={core} settings={settings.drafted} />
    </Panel>
  );
}
