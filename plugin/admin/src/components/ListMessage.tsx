import { Button, EmptyStateLayout } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';

import { useTranslate } from '../hooks/useTranslate';
import type { TranslationKey } from '../utils/translationId';

const ICON_WIDTH = '16rem';

/** Stands in for the table before the first login: says what will appear here. */
export function NoSessionsYet() {
  const t = useTranslate();
  return (
    <EmptyStateLayout
      hasRadius
      shadow="tableShadow"
      icon={<EmptyDocuments width={ICON_WIDTH} />}
      content={t('empty.content')}
    />
  );
}

/** Stands in for the table when search and filter leave nothing: offers to take them away. */
export function NoMatchingSessions({ onShowAll }: { onShowAll: () => void }) {
  const t = useTranslate();
  return (
    <EmptyStateLayout
      hasRadius
      shadow="tableShadow"
      icon={<EmptyDocuments width={ICON_WIDTH} />}
      content={t('empty.noMatch')}
      action={
        <Button variant="secondary" onClick={onShowAll}>
          {t('empty.showAll')}
        </Button>
      }
    />
  );
}

interface LoadingFailedProps {
  text: TranslationKey;
  onRetry: () => void;
}

/** Stands in for what could not be loaded: offers to try again. */
export function LoadingFailed({ text, onRetry }: LoadingFailedProps) {
  const t = useTranslate();
  return (
    <EmptyStateLayout
      hasRadius
      shadow="tableShadow"
      icon={<WarningCircle width="4.8rem" height="4.8rem" fill="danger600" />}
      content={t(text)}
      action={
        <Button variant="secondary" onClick={onRetry}>
          {t('action.retry')}
        </Button>
      }
    />
  );
}
