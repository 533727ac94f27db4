import { Box, Flex, Loader, Typography } from '@strapi/design-system';

import type { JournalEntryView } from '../../../shared/contracts';
import { useJournalLabels } from '../wording/useJournalLabels';
import { useLocationLabel } from '../wording/useLocationLabel';
import { useFormatDateWithAge } from '../wording/useFormatDateWithAge';
import { isGone, type DetailsState } from './useSessionDetails';
import { useTranslate } from '../wording/useTranslate';
import { TwoLines } from '../ui/TwoLines';

/** The journal entries of a session, newest first. */
export function SessionHistory({ state }: { state: DetailsState }) {
  const t = useTranslate();
  return (
    <Box tag="section" paddingTop={6}>
      <Typography tag="h3" variant="delta">
        {t('history.title')}
      </Typography>
      <Box paddingTop={3}>
        {state.status === 'loading' && <Loader small>{t('history.loading')}</Loader>}
        {state.status === 'failed' && (
          <Note text={t(isGone(state) ? 'details.gone' : 'history.failed')} />
        )}
        {state.status === 'ready' && <Entries entries={state.data.history} />}
      </Box>
    </Box>
  );
}

function Note({ text }: { text: string }) {
  return <Typography textColor="neutral600">{text}</Typography>;
}

function Entries({ entries }: { entries: JournalEntryView[] }) {
  const t = useTranslate();
  const moment = useFormatDateWithAge();
  const locationLabel = useLocationLabel();
  const { eventName, detailsOf, actorName } = useJournalLabels();
  if (entries.length === 0) {
    return <Note text={t('history.empty')} />;
  }
  return (
    <Flex tag="ol" direction="column" alignItems="stretch" gap={4}>
      {entries.map((entry) => (
        <Box key={entry.id} tag="li" paddingLeft={4} borderColor="neutral200" style={RAIL}>
          <TwoLines
            main={
              <Typography textColor="neutral800">
                {[eventName(entry), ...detailsOf(entry)].join(' · ')}
              </Typography>
            }
            detail={
              <Typography variant="pi" textColor="neutral600">
                {[moment(entry.at), actorName(entry), entry.ip, locationLabel(entry.location)]
                  .filter(Boolean)
                  .join(' · ')}
              </Typography>
            }
          />
        </Box>
      ))}
    </Flex>
  );
}

/** Joins the entries by a line at their side. */
const RAIL = { borderWidth: '0 0 0 2px', borderStyle: 'solid', listStyle: 'none' };
