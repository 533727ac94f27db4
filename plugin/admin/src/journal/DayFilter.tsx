import { Box, DatePicker } from '@strapi/design-system';
import { useMemo } from 'react';

import { useTranslate } from '../wording/useTranslate';
import { dayOf } from '../data/calendarDay';

interface DayFilterProps {
  label: string;
  /** The day chosen, such as `2026-05-04`, or `null` for none. */
  day: string | null;
  onChange: (day: string | null) => void;
}

/** Filters the entries by their first or last day. */
export function DayFilter({ label, day, onChange }: DayFilterProps) {
  const t = useTranslate();
  // The picker reads its value in UTC, though it gives the midnight of the browser; and it takes
  // every new object for another day, which would undo typing.
  const value = useMemo(() => (day === null ? undefined : new Date(`${day}T00:00:00Z`)), [day]);

  /** The picker reports its day again whenever it loses the focus. */
  const choose = (chosen: Date | undefined) => {
    const next = chosen === undefined ? null : dayOf(chosen);
    if (next !== day) {
      onChange(next);
    }
  };

  return (
    <Box width="18rem">
      <DatePicker
        size="S"
        aria-label={label}
        placeholder={label}
        calendarLabel={label}
        monthSelectLabel={t('filter.month')}
        yearSelectLabel={t('filter.year')}
        clearLabel={t('filter.clear', { filter: label })}
        value={value}
        onChange={choose}
        // Only with this it shows a button that clears the day; it reports that as a change.
        onClear={() => undefined}
      />
    </Box>
  );
}
