import { Button, EmptyStateLayout } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';

import { useTranslate } from '../../wording/useTranslate';
import type { TranslationKey } from '../../wording/translationId';

const ICON_WIDTH = '16rem';

/** Stands in for a list before there is anything: says what will appear here. */
export function NothingYet({ text }: { text: TranslationKey }) {
  const t = useTranslate();
  return (
    <EmptyStateLayout
      hasRadius
      shadow="tableShadow"
      icon={<EmptyDocuments width={ICON_WIDTH} />}
      content={t(text)}
    />
  );
}

interface NothingMatchesProps {
  text: TranslationKey;
  /** What the button says that takes the filters away. */
  action: TranslationKey;
  onShowAll: () => void;
}

/** Stands in for a list when search and filters leave nothing: offers to take them away. */
export function NothingMatches({ text, action, onShowAll }: NothingMatchesProps) {
  const t = useTranslate();
  return (
    <EmptyStateLayout
      hasRadius
      shadow="tableShadow"
      icon={<EmptyDocuments width={ICON_WIDTH} />}
      content={t(text)}
      action={
        <Button variant="secondary" onClick={onShowAll}>
          {t(action)}
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
