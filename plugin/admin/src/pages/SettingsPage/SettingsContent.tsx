import { Box, Flex, Loader, Typography } from '@strapi/design-system';
import { Information } from '@strapi/icons';

import type { SettingView } from '../../../../shared/contracts';
import { LoadingFailed } from '../../ui/list/EmptyStates';
import { LoginForecastSection } from '../../preview/logins/LoginForecastSection';
import { PreviewPanel } from '../../preview/PreviewPanel';
import { KeyPanel } from '../../settings/KeyPanel';
import { OptionField } from '../../settings/OptionField';
import { Panel } from '../../ui/Panel';
import { SettingsLayout } from '../../settings/SettingsLayout';
import { StatusPanel } from '../../status/StatusPanel';
import type { CoreState } from '../../core/useCore';
import type { Settings } from '../../settings/useSettings';
import type { SettingsForm } from '../../settings/useSettingsForm';
import { useTranslate } from '../../wording/useTranslate';
import { OPTION_GROUPS } from '../../wording/optionTexts';

interface SettingsContentProps {
  settings: Settings;
  form: SettingsForm;
  core: CoreState;
}

/** The page below its header: the options by subject, or a placeholder. */
export function SettingsContent({ settings, form, core }: SettingsContentProps) {
  const t = useTranslate();
  const { data, status } = settings.state;
  if (data === null && status === 'failed') {
    return <LoadingFailed text="settings.loadFailed" onRetry={settings.reload} />;
  }
  if (data === null) {
    return (
      <Flex justifyContent="center" padding={11}>
        <Loader>{t('settings.loading')}</Loader>
      </Flex>
    );
  }
  const options = data.settings.filter(({ kind }) => kind !== 'secret');
  return (
    <SettingsLayout
      beside={<PreviewPanel core={core} options={data.settings} draft={form.draft} />}
    >
      <Flex direction="column" alignItems="stretch" gap={6}>
        {core.status === 'blocked' && <CoreBlocked />}
        {grouped(options).map(({ title, members }) => (
          <Panel key={title} title={t(title)}>
            {members.map((option) => (
              <OptionField key={option.name} option={option} form={form} />
            ))}
            {title === 'settings.group.logins' && core.status === 'ready' && (
              <LoginForecastSection core={core.core} options={data.settings} draft={form.draft} />
            )}
          </Panel>
        ))}
        <KeyPanel currentKey={data.key} core={core} />
        <StatusPanel />
      </Flex>
    </SettingsLayout>
  );
}

/** Says that values are checked only on saving, because the browser may not run the core. */
function CoreBlocked() {
  const t = useTranslate();
  return (
    <Box
      role="status"
      background="warning100"
      borderColor="warning200"
      hasRadius
      padding={4}
      color="warning700"
    >
      <Flex gap={3} alignItems="flex-start">
        <Box flex="none" paddingTop={1}>
          <Information aria-hidden />
        </Box>
        {/* The command in it is one long word. */}
        <Typography textColor="neutral800" minWidth={0} style={{ overflowWrap: 'anywhere' }}>
          {t('settings.coreBlocked')}
        </Typography>
      </Flex>
    </Box>
  );
}

/** Groups the options by subject; options without one come last. */
function grouped(options: SettingView[]) {
  const known = OPTION_GROUPS.map(({ title, options: names }) => ({
    title,
    members: names.flatMap((name) => options.filter((option) => option.name === name)),
  }));
  const placed = OPTION_GROUPS.flatMap(({ options: names }): readonly string[] => names);
  const others = options.filter(({ name }) => !placed.includes(name));
  return [...known, { title: 'settings.group.others' as const, members: others }].filter(
    ({ members }) => members.length > 0,
  );
}
