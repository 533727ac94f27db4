import { Button } from '@strapi/design-system';
import { Play } from '@strapi/icons';
import { useRBAC } from '@strapi/strapi/admin';

import type { CleanUpCounts, CleanUpReport } from '../../../shared/contracts';
import { useCleanUp } from './useCleanUp';
import { useCleanUpStatus } from './useCleanUpStatus';
import { useTranslate } from '../wording/useTranslate';
import { PERMISSIONS } from '../permissions';
import { RelativeTime } from '../ui/RelativeTime';
import { StatusRow } from './StatusRow';

/** The result of the last clean-up or the progress of the current one, with a button that runs one. */
export function CleanUpRow({ known }: { known: CleanUpReport | null }) {
  const t = useTranslate();
  const { isRunning, run } = useCleanUp();
  const { last, current, reload } = useCleanUpStatus(known, isRunning);
  const isCleaningUp = isRunning || current !== null;
  const button = (
    <CleanUpButton isCleaningUp={isCleaningUp} onRun={() => void run().then(reload)} />
  );
  if (current !== null) {
    return (
      <StatusRow
        name={t('status.cleanUpStarted')}
        detail={t('status.cleanUpSoFar', { ...countsOf(current) })}
        action={button}
      >
        <RelativeTime moment={current.startedAt} />
      </StatusRow>
    );
  }
  return (
    <StatusRow
      name={t('status.cleanUp')}
      detail={last === null ? undefined : t('status.cleanUpDid', { ...countsOf(last) })}
      action={button}
    >
      {last === null ? t('status.cleanUpNever') : <RelativeTime moment={last.finishedAt} />}
    </StatusRow>
  );
}

interface CleanUpButtonProps {
  isCleaningUp: boolean;
  onRun: () => void;
}

/** The button that cleans up, for administrators who may terminate sessions. */
function CleanUpButton({ isCleaningUp, onRun }: CleanUpButtonProps) {
  const t = useTranslate();
  const { allowedActions } = useRBAC(PERMISSIONS.terminate);
  if (allowedActions.canTerminate !== true) {
    return null;
  }
  return (
    <Button variant="tertiary" size="S" startIcon={<Play />} loading={isCleaningUp} onClick={onRun}>
      {t('status.cleanUpNow')}
    </Button>
  );
}

function countsOf({ inactive, terminated, deleted }: CleanUpCounts) {
  return { inactive, terminated, deleted };
}
