import type { PrincipalCacheView } from '../../../shared/contracts';
import { useTranslate } from '../wording/useTranslate';
import { StatusRow } from './StatusRow';

/** What the cache of users and permissions has saved; nothing where it is off. */
export function PrincipalCacheRow({ cache }: { cache: PrincipalCacheView | null }) {
  const t = useTranslate();
  if (cache === null) return null;
  const { hits, misses, savedStatements, answers, oldestMs, maxAgeMs } = cache;
  const detail = { saved: savedStatements, answers, oldest: oldestMs ?? 0, maxAge: maxAgeMs };
  return (
    <StatusRow name={t('status.principalCache')} detail={t('status.principalCacheDetail', detail)}>
      {t('status.principalCacheSaved', { hits, asked: hits + misses })}
    </StatusRow>
  );
}
