import { Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { useIntl } from 'react-intl';

import type { LoadedCore } from '../../core/useCore';
import { useImpact } from './useImpact';
import type { PreviewSettings } from '../usePreviewSettings';
import { useTranslate } from '../../wording/useTranslate';
import type { Impact } from './impact';
import type { StoredSessions } from './storedSessions';
import type { TranslationKey } from '../../wording/translationId';
import { ImpactFigure } from './ImpactFigure';
import { ImpactListDialog } from './ImpactListDialog';

type Group = keyof Impact;

const TEXTS: Record<Group, TranslationKey> = {
  becomeInactive: 'impact.becomeInactive',
  terminated: 'impact.terminated',
  deleted: 'impact.deleted',
};

const FIGURES = [
  { group: 'becomeInactive', colour: 'warning600' },
  { group: 'terminated', colour: 'danger600' },
  { group: 'deleted', colour: 'neutral500' },
] as const satisfies readonly { group: Group; colour: string }[];

interface ImpactFiguresProps {
  core: LoadedCore;
  settings: PreviewSettings;
  sessions: StoredSessions;
}

/** The effects of the draft on the stored sessions, beside those of the current settings. */
export function ImpactFigures({ core, settings, sessions }: ImpactFiguresProps) {
  const t = useTranslate();
  const { formatDate } = useIntl();
  const drafted = useImpact(core, settings.drafted, sessions);
  const current = useImpact(core, settings.current, sessions);
  const [listed, setListed] = useState<Group | null>(null);
  const { activeCount, total, nextCleanUpAtMs } = sessions;
  const known = sessions.rows.length;
  const when =
    nextCleanUpAtMs === null
      ? ''
      : formatDate(nextCleanUpAtMs, { weekday: 'short', hour: 'numeric', minute: 'numeric' });
  const textOf = (text: TranslationKey, count: number) =>
    t(text, { count, active: activeCount, when });

  if (total === 0) {
    return <Typography textColor="neutral600">{t('impact.empty')}</Typography>;
  }
  return (
    <>
      <Flex
        tag="ul"
        direction="column"
        alignItems="stretch"
        gap={2}
        aria-live="polite"
        aria-busy={drafted === null}
      >
        {FIGURES.map(({ group, colour }) => (
          <ImpactFigure
            key={group}
            text={drafted === null ? null : textOf(TEXTS[group], drafted[group].length)}
            count={drafted?.[group].length ?? 0}
            currentCount={settings.isChanged ? (current?.[group].length ?? null) : null}
            colour={colour}
            onShow={() => setListed(group)}
          />
        ))}
      </Flex>
      {known < total && (
        <Typography variant="pi" textColor="neutral600">
          {t('impact.newestOnly', { known, total })}
        </Typography>
      )}
      {listed !== null && drafted !== null && (
        <ImpactListDialog
          title={textOf(TEXTS[listed], drafted[listed].length)}
          rows={drafted[listed].flatMap((place) => sessions.rows[place] ?? [])}
          onClose={() => setListed(null)}
        />
      )}
    </>
  );
}
