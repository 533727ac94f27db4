import { Button, EmptyStateLayout } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';

import { useTranslate } from '../../wording/useTranslate';
import type { TranslationKey } from '../../wording/translationId';

const ICON_WIDTH = '16rem';

/** Replaces a list without any entries. */
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
  /** The label of the button that removes the filters. */
  action: TranslationKey;
  onShowAll: () => void;
}

/** Replaces a list without matches, with a button that removes search and filters. */
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

/** Replaces a whole list that could not be loaded. Within a page, use RetryMessage. */
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
