import type { SessionDetails, StoredTokenView } from '../../../shared/contracts';
import { useTranslate, type Translate } from '../wording/useTranslate';
import type { TranslationKey } from '../wording/translationId';
import { Fact } from '../ui/Fact';

const KEY_TEXTS: Record<'primary' | 'previous' | 'unknown', TranslationKey> = {
  primary: 'token.sealedPrimary',
  previous: 'token.sealedPrevious',
  unknown: 'token.sealedUnknown',
};

/** The storage of a session's refresh token, as a fact of a list; never the token. */
export function TokenFacts({ stored }: { stored: SessionDetails['stored'] }) {
  const t = useTranslate();
  return <Fact name={t('details.refreshToken')}>{keptText(t, stored.refresh)}</Fact>;
}

function keptText(t: Translate, token: StoredTokenView | null): string {
  if (token === null) {
    return t('token.none');
  }
  return token.kept === 'sealed'
    ? t(KEY_TEXTS[token.key], { keyId: token.keyId })
    : t('token.fingerprint');
}
