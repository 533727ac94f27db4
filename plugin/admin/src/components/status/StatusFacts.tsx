import { Button, Flex } from '@strapi/design-system';
import { Play } from '@strapi/icons';
import { useRBAC } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';

import type { StatusAnswer } from '../../../../shared/contracts';
import { useCleanUp } from '../../hooks/useCleanUp';
import { useTranslate } from '../../hooks/useTranslate';
import { PERMISSIONS } from '../../permissions';
import { RelativeTime } from '../RelativeTime';
import { InstanceRows } from './InstanceRows';
import { ResealingRow } from './ResealingRow';
import { StatusRow } from './StatusRow';

interface StatusFactsProps {
  facts: StatusAnswer['data'];
  /** Called once there is something new to know. */
  onChanged: () => void;
}

/** The facts of the status, one row each. */
export function StatusFacts({ facts, onChanged }: StatusFactsProps) {
  const t = useTranslate();
  const { formatNumber } = useIntl();
  const { seals, cleanUp, version, wasmBytes, traps } = facts;
  return (
    <Flex tag="dl" direction="column" alignItems="stretch" gap={4}>
      <StatusRow
        name={t('status.cleanUp')}
        detail={cleanUp === null ? undefined : t('status.cleanUpDid', { ...countsOf(cleanUp) })}
        action={<CleanUpButton onDone={onChanged} />}
      >
        {cleanUp === null ? t('status.cleanUpNever') : <RelativeTime moment={cleanUp.finishedAt} />}
      </StatusRow>
      <InstanceRows facts={facts} />
      <ResealingRow resealing={facts.resealing} />
      <StatusRow
        name={t('status.seals')}
        detail={t('status.sealsDetail', { warnAt: seals.warnAt })}
        isWarning={seals.total >= seals.warnAt}
      >
        {formatNumber(seals.total)}
      </StatusRow>
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

function countsOf({ inactive, ended, deleted }: NonNullable<StatusAnswer['data']['cleanUp']>) {
  return { inactive, ended, deleted };
}

/** Cleans up now, for those who may end sessions. */
function CleanUpButton({ onDone }: { onDone: () => void }) {
  const t = useTranslate();
  const { allowedActions } = useRBAC(PERMISSIONS.terminate);
  const { isRunning, run } = useCleanUp();
  if (allowedActions.canTerminate !== true) {
    return null;
  }
  return (
    <Button
      variant="tertiary"
      size="S"
      startIcon={<Play />}
      loading={isRunning}
      onClick={() => void run().then(onDone)}
    >
      {t('status.cleanUpNow')}
    </Button>
  );
}
