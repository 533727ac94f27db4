import { Box, Field, Flex, TextButton, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';

import type { SettingView } from '../../../../shared/contracts';
import { useOptionWords } from '../../hooks/useOptionWords';
import type { SettingsForm } from '../../hooks/useSettingsForm';
import { useTranslate } from '../../hooks/useTranslate';
import { drafted } from '../../utils/settingsDraft';
import { OptionFacts } from './OptionFacts';
import { OptionInput } from './OptionInput';
import { SourceBadge } from './SourceBadge';

const HALF = { initial: '100%', medium: '50%' };

/** One option: what it does on the one side, its value and where that comes from on the other. */
export function OptionField({ option, form }: { option: SettingView; form: SettingsForm }) {
  const t = useTranslate();
  const { nameOf, whyOf, valueOf } = useOptionWords();
  const { value, source, isChanged } = drafted(option, form.draft);
  if (value === null) {
    return null;
  }
  return (
    <Field.Root name={option.name} error={form.errors.get(option.name)} width="100%">
      <Flex
        direction={{ initial: 'column', medium: 'row' }}
        alignItems={{ initial: 'stretch', medium: 'flex-start' }}
        gap={{ initial: 3, medium: 8 }}
        width="100%"
      >
        <Flex direction="column" alignItems="flex-start" gap={2} width={HALF}>
          <Flex gap={2} wrap="wrap">
            <Field.Label variant="omega">{nameOf(option)}</Field.Label>
            <SourceBadge source={source} />
            {isChanged && (
              <Typography variant="pi" textColor="primary600">
                {t('settings.unsaved')}
              </Typography>
            )}
          </Flex>
          <Typography textColor="neutral600">{whyOf(option)}</Typography>
        </Flex>
        <Flex direction="column" alignItems="stretch" gap={2} width={HALF}>
          <Box key={form.revision} maxWidth="40rem">
            <OptionInput
              option={option}
              value={value}
              onChange={(next) => form.set(option, next)}
            />
          </Box>
          <Field.Error />
          <OptionFacts option={option} value={value} />
          {source === 'admin' && (
            <Box>
              <TextButton startIcon={<ArrowClockwise />} onClick={() => form.reset(option)}>
                {t(
                  option.reset.source === 'config'
                    ? 'settings.resetToConfig'
                    : 'settings.resetToDefault',
                  { value: valueOf(option, option.reset.value) },
                )}
              </TextButton>
            </Box>
          )}
        </Flex>
      </Flex>
    </Field.Root>
  );
}
