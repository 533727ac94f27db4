import { Tag } from '@strapi/design-system';
import { Cross } from '@strapi/icons';

import type { JournalEntryView } from '../../../shared/contracts';
import { useSessionLabels } from '../wording/useSessionLabels';
import { useTranslate } from '../wording/useTranslate';

interface UserFilterProps {
  userId: number;
  /** The entries on the screen; one of them may have the user's name. */
  entries: readonly JournalEntryView[];
  onRemove: () => void;
}

/** The user by whom the entries are filtered, with a button that removes the filter. */
export function UserFilter({ userId, entries, onRemove }: UserFilterProps) {
  const t = useTranslate();
  const { userName } = useSessionLabels();
  const known = entries.find(({ user }) => user?.id === userId)?.user;
  const user = known ? userName({ user: known }) : t('journal.userNumber', { id: String(userId) });
  const text = t('journal.ofUser', { user });
  return (
    <Tag
      icon={<Cross aria-hidden />}
      label={t('filter.clear', { filter: text })}
      onClick={onRemove}
    >
      {text}
    </Tag>
  );
}
