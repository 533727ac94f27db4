import { useCallback } from 'react';

import { REASON_NAMES } from './reasonNames';
import type { TranslationKey } from './translationId';
import { useTranslate } from './useTranslate';

const NAMES = new Map<string, TranslationKey>(Object.entries(REASON_NAMES));

/** Gives the name of the reason of a termination; a reason of the app's own code is its own name. */
export function useReasonName(): (reason: string) => string {
  const t = useTranslate();
  return useCallback(
    (reason) => {
      const name = NAMES.get(reason);
      return name === undefined ? reason : t(name);
    },
    [t],
  );
}
