import { Typography } from '@strapi/design-system';

import type { JournalEntryView } from '../../../shared/contracts';
import { useJournalLabels } from '../wording/useJournalLabels';
import { useTranslate } from '../wording/useTranslate';
import { TwoLines } from '../ui/TwoLines';

/** The actor of an entry: the name and the kind, or only the kind. */
export function ActorLabel({ entry }: { entry: JournalEntryView }) {
  const t = useTranslate();
  const { actorName } = useJournalLabels();
  const { name, type } = entry.who;
  return (
    <TwoLines
      main={<Typography textColor="neutral800">{actorName(entry)}</Typography>}
      detail={
        name !== null && (
          <Typography variant="pi" textColor="neutral600">
            {t(type === 'admin' ? 'actor.administrator' : 'column.user')}
          </Typography>
        )
      }
    />
  );
}
