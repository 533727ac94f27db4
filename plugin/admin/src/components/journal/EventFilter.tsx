import { SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { JOURNAL_EVENTS, type JournalEvent } from '../../../../shared/contracts';
import { useTranslate } from '../../hooks/useTranslate';
import { EVENT_NAMES } from '../../utils/eventNames';

const ALL = 'all';

interface EventFilterProps {
  /** The event shown, or `null` for all. */
  event: JournalEvent | null;
  onChange: (event: JournalEvent | null) => void;
}

/** Chooses which events the journal shows. */
export function EventFilter({ event, onChange }: EventFilterProps) {
  const t = useTranslate();
  return (
    <SingleSelect
      size="S"
      aria-label={t('filter.event')}
      value={event ?? ALL}
      onChange={(value) => onChange(JOURNAL_EVENTS.find((known) => known === value) ?? null)}
    >
      <SingleSelectOption value={ALL}>{t('filter.allEvents')}</SingleSelectOption>
      {JOURNAL_EVENTS.map((known) => (
        <SingleSelectOption key={known} value={known}>
          {t(EVENT_NAMES[known])}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}
