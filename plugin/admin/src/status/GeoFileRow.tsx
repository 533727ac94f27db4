import { useIntl } from 'react-intl';

import type { GeoFileProblem, GeoFileView } from '../../../shared/contracts';
import { RelativeTime } from '../ui/RelativeTime';
import type { TranslationKey } from '../wording/translationId';
import { useTranslate } from '../wording/useTranslate';
import { StatusRow } from './StatusRow';

const PROBLEMS: Record<GeoFileProblem, TranslationKey> = {
  missing: 'status.geoFileMissing',
  unreadable: 'status.geoFileUnreadable',
  wrong_content: 'status.geoFileWrong',
};

/** A file of the operator with places or networks: since when it is in use, or what is wrong with it. */
export function GeoFileRow({ file }: { file: GeoFileView }) {
  const t = useTranslate();
  const { option, loadedAt, problem } = file;
  const content = useContentText(file);
  const kept = problem !== null && loadedAt !== null ? t('status.geoFileKept') : null;
  const detail = [kept, content].filter(Boolean).join(' ') || undefined;
  return (
    <StatusRow name={t('status.geoFile', { option })} detail={detail} isWarning={problem !== null}>
      <FileState file={file} />
    </StatusRow>
  );
}

function FileState({ file: { loadedAt, problem } }: { file: GeoFileView }) {
  const t = useTranslate();
  if (problem !== null) return t(PROBLEMS[problem]);
  if (loadedAt === null) return t('status.geoFileUnread');
  return (
    <>
      {t('status.geoFileRead')} · <RelativeTime moment={loadedAt} />
    </>
  );
}

/** Returns what the version in use holds; `null` without one. */
function useContentText({ ranges, skippedLines, madeAt }: GeoFileView): string | null {
  const t = useTranslate();
  const { formatDate } = useIntl();
  if (ranges !== null) return t('status.geoFileList', { ranges, skipped: skippedLines ?? 0 });
  if (madeAt !== null) {
    return t('status.geoFileMade', {
      date: formatDate(madeAt, { dateStyle: 'medium', timeZone: 'UTC' }),
    });
  }
  return null;
}
