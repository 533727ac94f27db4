import { SingleSelect, SingleSelectOption } from '@strapi/design-system';

import type { SessionState } from '../../../shared/contracts';
import { useTranslate } from '../hooks/useTranslate';
import { SESSION_STATES } from '../utils/sessionQuery';
import { STATE_NAMES } from '../utils/stateNames';

const ALL = 'all';

interface StateFilterProps {
  /** The state shown, or `null` for all. */
  state: SessionState | null;
  onChange: (state: SessionState | null) => void;
}

/** Chooses which state of sessions the list shows. */
export function StateFilter({ state, onChange }: StateFilterProps) {
  const t = useTranslate();
  return (
    <SingleSelect
      size="S"
      aria-label={t('filter.state')}
      value={state ?? ALL}
      onChange={(value) => onChange(SESSION_STATES.find((known) => known === value) ?? null)}
    >
      <SingleSelectOption value={ALL}>{t('filter.allStates')}</SingleSelectOption>
      {SESSION_STATES.map((known) => (
        <SingleSelectOption key={known} value={known}>
          {t(STATE_NAMES[known])}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}
