import { Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import type { FormEvent } from 'react';

import { UnsavedChangesGuard } from '../../settings/UnsavedChangesGuard';
import { useCore } from '../../core/useCore';
import { useSettings } from '../../settings/useSettings';
import { useSettingsForm } from '../../settings/useSettingsForm';
import { useTranslate } from '../../wording/useTranslate';
import { SettingsContent } from './SettingsContent';

/**
 * Shows every option of the plugin and saves changes.
 *
 * Strapi's settings are a `Layouts.Root` already; within another one, the preview could not be sticky.
 */
export function SettingsPage() {
  const t = useTranslate();
  const core = useCore();
  const settings = useSettings();
  const form = useSettingsForm(settings, core);
  const canSave = form.isDirty && form.errors.size === 0;

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (canSave && !form.isSaving) {
      void form.submit();
    }
  };

  return (
    <>
      <Page.Title>{t('settings.title')}</Page.Title>
      <UnsavedChangesGuard isDirty={form.isDirty} />
      <Page.Main aria-busy={settings.state.status === 'loading'}>
        <form noValidate onSubmit={save}>
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
