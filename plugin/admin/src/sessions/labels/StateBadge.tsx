import { Status, Typography, type StatusProps } from '@strapi/design-system';

import type { SessionState } from '../../../../shared/contracts';
import { useTranslate } from '../../wording/useTranslate';
import { STATE_NAMES } from '../../wording/stateNames';

const VARIANTS: Record<SessionState, StatusProps['variant']> = {
  active: 'success',
  inactive: 'warning',
  terminated: 'neutral',
};

/** The state of a session as a coloured badge. */
export function StateBadge({ state }: { state: SessionState }) {
  const t = useTranslate();
  return (
    <Status variant={VARIANTS[state]} size="S" width="fit-content">
      <Typography tag="span" variant="omega" fontWeight="bold">
        {t(STATE_NAMES[state])}
      </Typography>
    </Status>
  );
}
