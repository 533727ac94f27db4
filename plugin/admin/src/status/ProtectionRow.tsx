import { useTranslate } from '../wording/useTranslate';
import { StatusRow } from './StatusRow';

/** Shows whether Strapi calls the plugin at every function that it wraps. */
export function ProtectionRow({ unprotected }: { unprotected: readonly string[] }) {
  const t = useTranslate();
  if (unprotected.length === 0) {
    return <StatusRow name={t('status.protection')}>{t('status.protected')}</StatusRow>;
  }
  return (
    <StatusRow name={t('status.protection')} detail={t('status.unprotectedDetail')} isWarning>
      {t('status.unprotected', { functions: unprotected.join(', ') })}
    </StatusRow>
  );
}
