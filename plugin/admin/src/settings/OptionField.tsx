import { Box, Field, Flex, TextButton, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { styled } from 'styled-components';

import type { SettingView } from '../../../shared/contracts';
import { useOptionLabels } from '../wording/useOptionLabels';
import type { SettingsForm } from './useSettingsForm';
import { useTranslate } from '../wording/useTranslate';
import { drafted } from './settingsDraft';
import { OptionHint } from './OptionHint';
import { OptionInput } from './OptionInput';
import { SourceBadge } from './SourceBadge';

/** The least width of the panel for two columns. */
const TWO_COLUMNS_FROM = '620px';

const Columns = styled(Box)`
  display: grid;
  width: 100%;
  gap: ${({ theme }) => theme.spaces[3]} ${({ theme }) => theme.spaces[8]};
  grid-template-columns: minmax(0, 1fr);

  @container (min-width: ${TWO_COLUMNS_FROM}) {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }
`;

/** A long name takes a second line on a phone. */
const Name = styled(Field.Label)`
  white-space: normal;
`;

/** One option: its description on one side, its value and the source of it on the other. */
export function OptionField({ option, form }: { option: SettingView; form: SettingsForm }) {
  const t = useTranslate();
  const { nameOf, descriptionOf, valueOf } = useOptionLabels();
  const { value, source, isChanged } = drafted(option, form.draft);
  if (value === null) {
    return null;
  }
  return (
    <Field.Root name={option.name} error={form.errors.get(option.name)} width="100%">
      <Columns>
        <Flex direction="column" alignItems="flex-start" gap={2}>
          <Flex gap={2} wrap="wrap">
            <Name variant="omega">{nameOf(option)}</Name>
            <SourceBadge source={source} />
            {isChanged && (
              <Typography variant="pi" textColor="primary600">
                {t('settings.unsaved')}
              </Typography>
            )}
          </Flex>
          <Typography textColor="neutral600">{descriptionOf(option)}</Typography>
        </Flex>
        <Flex direction="column" alignItems="stretch" gap={2}>
          <Box key={form.revision} maxWidth="40rem">
            <OptionInput
              option={option}
              value={value}
              onChange={(next) => form.set(option, next)}
            />
          </Box>
          <Field.Error />
          <OptionHint option={option} value={value} />
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
      </Columns>
    </Field.Root>
  );
}
