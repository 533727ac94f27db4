import { Flex } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import type { StatusResponse } from '../../../shared/contracts';
import { useTranslate } from '../wording/useTranslate';
import { CleanUpRow } from './CleanUpRow';
import { GeoFileRow } from './GeoFileRow';
import { InstanceRows } from './InstanceRows';
import { PrincipalCacheRow } from './PrincipalCacheRow';
import { ProtectionRow } from './ProtectionRow';
import { ResealingRow } from './ResealingRow';
import { SharedAddressRow } from './SharedAddressRow';
import { StatusRow } from './StatusRow';

/** The facts of the status, one row each. */
export function StatusFacts({ facts }: { facts: StatusResponse['data'] }) {
  const t = useTranslate();
  const { formatNumber } = useIntl();
  const { seals, cleanUp, sharedAddress, version, wasmBytes, traps } = facts;
  return (
    <Flex tag="dl" direction="column" alignItems="stretch" gap={4}>
      <CleanUpRow known={cleanUp} />
      <InstanceRows facts={facts} />
      <PrincipalCacheRow cache={facts.principalCache} />
      <ResealingRow resealing={facts.resealing} />
      <StatusRow
        name={t('status.seals')}
        detail={t('status.sealsDetail', { warnAt: seals.warnAt })}
        isWarning={seals.total >= seals.warnAt}
      >
        {formatNumber(seals.total)}
      </StatusRow>
      {facts.geoFiles.map((file) => (
        <GeoFileRow key={file.option} file={file} />
      ))}
      {sharedAddress !== null && <SharedAddressRow sharedAddress={sharedAddress} />}
      <ProtectionRow unprotected={facts.unprotected} />
      <StatusRow name={t('status.traps')} detail={t('status.trapsDetail')} isWarning={traps > 0}>
        {formatNumber(traps)}
      </StatusRow>
      <StatusRow
        name={t('status.version')}
        detail={t('status.core', {
          size: formatNumber(wasmBytes / 1000, {
            style: 'unit',
            unit: 'kilobyte',
            maximumFractionDigits: 0,
          }),
        })}
      >
        {version}
      </StatusRow>
    </Flex>
  );
}
