import { JOURNAL_EVENTS, type JournalEntryView } from '../../../shared/contracts';
import type { JournalQueryControls } from './useJournalQuery';
import { useTranslate } from '../wording/useTranslate';
import { EVENT_NAMES } from '../wording/eventNames';
import { ChoiceFilter } from '../ui/list/ChoiceFilter';
import { DayFilter } from './DayFilter';
import { UserFilter } from './UserFilter';

interface JournalFiltersProps {
  controls: JournalQueryControls;
  /** The entries on the screen. */
  entries: readonly JournalEntryView[];
}

/** The filters of the journal: event, days, and the user that was chosen in the table. */
export function JournalFilters({ controls, entries }: JournalFiltersProps) {
  const t = useTranslate();
  const { query, filterBy } = controls;
  return (
    <>
      <ChoiceFilter
        label="filter.event"
        all="filter.allEvents"
        choices={JOURNAL_EVENTS}
        names={EVENT_NAMES}
        choice={query.what}
        onChange={(event) => filterBy('what', event)}
      />
      <DayFilter
        label={t('filter.from')}
        day={query.from}
        onChange={(day) => filterBy('from', day)}
      />
      <DayFilter
        label={t('filter.until')}
        day={query.until}
        onChange={(day) => filterBy('until', day)}
      />
      {query.userId !== null && (
        <UserFilter
          userId={query.userId}
          entries={entries}
          onRemove={() => filterBy('userId', null)}
        />
      )}
    </>
  );
}
