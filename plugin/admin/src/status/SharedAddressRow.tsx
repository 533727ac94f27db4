import type { SharedAddress } from '../../../shared/contracts';
import { useTranslate } from '../wording/useTranslate';
import { StatusRow } from './StatusRow';

/** Warns of an address from which most users log in, and says what to set. */
export function SharedAddressRow({ sharedAddress }: { sharedAddress: SharedAddress }) {
  const t = useTranslate();
  const { ip, users } = sharedAddress;
  return (
    <StatusRow name={t('status.sharedAddress')} detail={t('status.sharedAddressDetail')} isWarning>
      {t('status.sharedAddressUsers', { count: users, ip })}
    </StatusRow>
  );
}
