import { useCallback } from 'react';

import type { TranslationKey } from './translationId';
import { useTranslate } from './useTranslate';

const METHOD_NAMES = new Map<string, TranslationKey>([
  ['password', 'method.password'],
  ['register', 'method.register'],
  ['reset', 'method.reset'],
  ['password-change', 'method.passwordChange'],
  ['api', 'method.api'],
  ['adopted', 'method.adopted'],
  ['graphql', 'method.graphql'],
  ['magic-link', 'method.magicLink'],
]);

const PROVIDER_PREFIX = 'oauth:';

/** Gives the name of a login method; a login provider keeps its own name. */
export function useMethodName(): (method: string) => string {
  const t = useTranslate();
  return useCallback(
    (method) => {
      const name = METHOD_NAMES.get(method);
      if (name !== undefined) {
        return t(name);
      }
      return method.startsWith(PROVIDER_PREFIX) ? method.slice(PROVIDER_PREFIX.length) : method;
    },
    [t],
  );
}
