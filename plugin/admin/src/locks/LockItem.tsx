import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { LockRow } from '../../../shared/contracts';
import { UserLabel } from '../ui/UserLabel';
import { useFormatNearDate } from '../wording/useFormatNearDate';
import { useSessionLabels } from '../wording/useSessionLabels';
import { useTranslate } from '../wording/useTranslate';
import { liftButtonId } from './focusTargets';

/** The least width of the panel for three columns. */
const COLUMNS_FROM = '760px';

const Columns = styled(Box)`
  display: grid;
  padding: ${({ theme }) => theme.spaces[3]} 0;

  &:first-child {
    padding-top: 0;
  }

  &:last-child {
    padding-bottom: 0;
  }

  align-items: center;
  gap: ${({ theme }) => theme.spaces[2]} ${({ theme }) => theme.spaces[6]};

  @container (min-width: ${COLUMNS_FROM}) {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
  }
`;

interface LockItemProps {
  lock: LockRow;
  canUnlock: boolean;
  onLift: () => void;
  onOpenPlace: () => void;
}

/** One locked account: its user, the end of the lock, and the buttons to unlock it. */
export function LockItem({ lock, canUnlock, onLift, onOpenPlace }: LockItemProps) {
  const t = useTranslate();
  const { userName } = useSessionLabels();
  const momentOf = useFormatNearDate();
  const { userId, user, until } = lock;
  const named = { user: userName(lock) };
  return (
    <Columns tag="li">
      <UserLabel isWide user={user} />
      <Typography textColor="neutral600">
        {until === null
          ? t('locks.untilReset')
          : t('locks.until', { moment: momentOf(Date.parse(until)) })}
      </Typography>
      {canUnlock && (
        <Flex gap={2} wrap="wrap">
          <Button
            variant="tertiary"
            size="S"
            aria-label={t('locks.openPlaceLabel', named)}
            onClick={onOpenPlace}
          >
            {t('locks.openPlace')}
          </Button>
          <Button
            id={liftButtonId(userId)}
            variant="tertiary"
            size="S"
            aria-label={t('locks.liftLabel', named)}
            onClick={onLift}
          >
            {t('locks.lift')}
          </Button>
        </Flex>
      )}
    </Columns>
  );
}
