import { Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Layouts, Page, useNotification } from '@strapi/strapi/admin';
import type { FormEvent } from 'react';

import { UnsavedChangesGuard } from '../../settings/UnsavedChangesGuard';
import { useCore } from '../../core/useCore';
import { useSettings } from '../../settings/useSettings';
import { useSettingsForm } from '../../settings/useSettingsForm';
import { useTranslate } from '../../wording/useTranslate';
import type { TranslationKey } from '../../wording/translationId';
import { SettingsContent } from './SettingsContent';

const OUTCOMES = {
  saved: { type: 'success', text: 'settings.saved' },
  refused: { type: 'danger', text: 'settings.refused' },
  failed: { type: 'danger', text: 'settings.failed' },
} as const satisfies Record<string, { type: string; text: TranslationKey }>;

/**
 * Every option of the plugin: seen, changed, and in force once saved.
 *
 * Strapi's settings are a `Layouts.Root` already; within another one, nothing could stay in view.
 */
export function SettingsPage() {
  const t = useTranslate();
  const { toggleNotification } = useNotification();
  const core = useCore();
  const settings = useSettings();
  const form = useSettingsForm(settings, core);
  const canSave = form.isDirty && form.errors.size === 0;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (canSave && !form.isSaving) {
      const { type, text } = OUTCOMES[(await form.submit()).type];
      toggleNotification({ type, message: t(text) });
    }
  };

  return (
    <>
      <Page.Title>{t('settings.title')}</Page.Title>
      <UnsavedChangesGuard isDirty={form.isDirty} />
      <Page.Main aria-busy={settings.status === 'loading'}>
        <form noValidate onSubmit={(event) => void save(event)}>
          <Layouts.Header
            title={t('settings.title')}
            subtitle={t('settings.subtitle')}
            primaryAction={
              <Flex gap={2}>
                {form.isDirty && (
                  <Button variant="tertiary" disabled={form.isSaving} onClick={form.discard}>
                    {t('settings.discard')}
                  </Button>
                )}
                <Button
                  type="submit"
                  startIcon={<Check />}
                  disabled={!canSave}
                  loading={form.isSaving}
                >
                  {t('settings.save')}
                </Button>
              </Flex>
            }
          />
          <Layouts.Content>
            <SettingsContent settings={settings} form={form} core={core} />
          </Layouts.Content>
        </form>
      </Page.Main>
    </>
  );
}
