import type { PrincipalCacheView } from '../../../shared/contracts';
import { useTranslate } from '../wording/useTranslate';
import { StatusRow } from './StatusRow';

/** What the cache of users and permissions has saved; nothing where it is off. */
export function PrincipalCacheRow({ cache }: { cache: PrincipalCacheView | null }) {
  const t = useTranslate();
  if (cache === null) return null;
  const { hits, misses, savedStatements, answers, bytes, oldestMs, maxAgeMs } = cache;
  const kept = { answers, size: Math.ceil(bytes / 1024), oldest: oldestMs ?? 0, maxAge: maxAgeMs };
  return (
    <StatusRow name={t('status.principalCache')} detail={t('status.principalCacheDetail', kept)}>
      {t('status.principalCacheSaved', { hits, asked: hits + misses, saved: savedStatements })}
    </StatusRow>
  );
}
