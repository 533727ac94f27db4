import type { ResealingView } from '../../../shared/contracts';
import { useTranslate } from '../wording/useTranslate';
import { StatusRow } from './StatusRow';

/** Shows whether all stored tokens are sealed under the current key. */
export function ResealingRow({ resealing }: { resealing: ResealingView | null }) {
  const t = useTranslate();
  const { resealed, unknown, done } = resealing ?? { resealed: 0, unknown: 0, done: false };
  const details = [
    ...(resealed > 0 ? [t('status.resealed', { count: resealed })] : []),
    ...(unknown > 0 ? [t('status.unknownKey', { count: unknown })] : []),
  ];
  return (
    <StatusRow
      name={t('status.storedTokens')}
      detail={details.length > 0 ? details.join(' · ') : undefined}
      isWarning={unknown > 0}
    >
      {t(
        done
          ? unknown > 0
            ? 'status.someUnknownKey'
            : 'status.currentKeyOnly'
          : 'status.resealing',
      )}
    </StatusRow>
  );
}
