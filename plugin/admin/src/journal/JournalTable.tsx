import { Table, Tbody, Thead, Tr } from '@strapi/design-system';

import type { JournalEntryView } from '../../../shared/contracts';
import { useTranslate } from '../wording/useTranslate';
import type { TranslationKey } from '../wording/translationId';
import { ColumnHeader } from '../ui/list/ColumnHeader';
import { JournalRow } from './JournalRow';

const COLUMNS: readonly TranslationKey[] = [
  'column.event',
  'column.when',
  'column.user',
  'column.by',
  'details.ip',
];

interface JournalTableProps {
  entries: JournalEntryView[];
  onChooseUser: (userId: number) => void;
  onShowSession: (sessionId: string) => void;
}

/** The table of journal entries. On a narrow screen it scrolls sideways within its frame. */
export function JournalTable({ entries, onChooseUser, onShowSession }: JournalTableProps) {
  const t = useTranslate();
  return (
    <Table
      aria-label={t('journal.title')}
      colCount={COLUMNS.length + 1}
      rowCount={entries.length + 1}
    >
      <Thead>
        <Tr>
          {COLUMNS.map((label) => (
            <ColumnHeader key={label} label={t(label)} />
          ))}
          <ColumnHeader label={t('column.actions')} isHidden />
        </Tr>
      </Thead>
      <Tbody>
        {entries.map((entry) => (
          <JournalRow
            key={entry.id}
            entry={entry}
            onChooseUser={onChooseUser}
            onShowSession={onShowSession}
          />
        ))}
      </Tbody>
    </Table>
  );
}
