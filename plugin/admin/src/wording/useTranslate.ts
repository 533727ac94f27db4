import { useCallback } from 'react';
import { useIntl } from 'react-intl';

import { translationId, type TranslationKey } from './translationId';

/** Gives the text of a key in the administrator's language, with values filled in. */
export type Translate = (key: TranslationKey, values?: Record<string, string | number>) => string;

/** Gives the function that translates; it changes only with the language. */
export function useTranslate(): Translate {
  const { formatMessage } = useIntl();
  return useCallback<Translate>(
    (key, values) => formatMessage({ id: translationId(key) }, values),
    [formatMessage],
  );
}
