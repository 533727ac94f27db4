import { Table, Tbody, Thead, Tr } from '@strapi/design-system';

import type { SessionView, SortableField } from '../../../shared/contracts';
import { useTranslate } from '../wording/useTranslate';
import type { SessionQuery } from './sessionQuery';
import type { TranslationKey } from '../wording/translationId';
import { ColumnHeader } from '../ui/list/ColumnHeader';
import { SessionRow } from './SessionRow';
import { SortableColumnHeader } from '../ui/list/SortableColumnHeader';

interface Column {
  label: TranslationKey;
  sort?: SortableField;
}

const COLUMNS: readonly Column[] = [
  { label: 'column.user' },
  { label: 'column.state', sort: 'state' },
  { label: 'column.device' },
  { label: 'column.loggedIn', sort: 'loggedInAt' },
  { label: 'column.lastSeen', sort: 'lastSeenAt' },
  { label: 'column.expires' },
  { label: 'column.terminated', sort: 'terminatedAt' },
];

interface SessionTableProps {
  sessions: SessionView[];
  query: SessionQuery;
  /** Whether the administrator may terminate sessions. */
  canTerminate: boolean;
  onSort: (field: SortableField) => void;
  onShow: (session: SessionView) => void;
  onTerminate: (session: SessionView) => void;
}

/** The table of sessions. On a narrow screen it scrolls sideways within its frame. */
export function SessionTable({
  sessions,
  query,
  canTerminate,
  onSort,
  onShow,
  onTerminate,
}: SessionTableProps) {
  const t = useTranslate();
  return (
    <Table
      aria-label={t('page.title')}
      colCount={COLUMNS.length + 1}
      rowCount={sessions.length + 1}
    >
      <Thead>
        <Tr>
          {COLUMNS.map(({ label, sort }) =>
            sort === undefined ? (
              <ColumnHeader key={label} label={t(label)} />
            ) : (
              <SortableColumnHeader
                key={label}
                label={t(label)}
                order={query.sort === sort ? query.order : null}
                onSort={() => onSort(sort)}
              />
            ),
          )}
          <ColumnHeader label={t('column.actions')} isHidden />
        </Tr>
      </Thead>
      <Tbody>
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            canTerminate={canTerminate}
            onShow={onShow}
            onTerminate={onTerminate}
          />
        ))}
      </Tbody>
    </Table>
  );
}
