import type { RedisView, StatusResponse } from '../../../shared/contracts';
import { useFormatDateWithAge } from '../wording/useFormatDateWithAge';
import { useTranslate } from '../wording/useTranslate';
import { StatusRow } from './StatusRow';

/** The instances, their Redis, and the age of the database's last answer. */
export function InstanceRows({ facts }: { facts: StatusResponse['data'] }) {
  const t = useTranslate();
  const { instances, redis, feed, leaseMs } = facts;
  const isBehind = feed.ageMs === null || feed.ageMs > leaseMs;
  return (
    <>
      <StatusRow name={t('status.instances')}>
        {instances === null ? t('status.notCounted') : instances}
      </StatusRow>
      {redis !== null && <RedisRow redis={redis} />}
      <StatusRow
        name={t('status.lastAnswer')}
        detail={t('status.lastAnswerDetail', { lease: leaseMs, took: Math.ceil(feed.tookMs ?? 0) })}
        isWarning={isBehind}
      >
        {feed.ageMs === null
          ? t('status.noAnswer')
          : t('status.milliseconds', { count: Math.round(feed.ageMs) })}
      </StatusRow>
    </>
  );
}

function RedisRow({ redis: { connected, awaySince, pingMs } }: { redis: RedisView }) {
  const t = useTranslate();
  const moment = useFormatDateWithAge();
  const ping = connected ? pingMs : null;
  return (
    <StatusRow
      name={t('status.redis')}
      detail={ping === null ? undefined : t('status.ping', { count: Math.ceil(ping) })}
      isWarning={!connected}
    >
      {connected || awaySince === null
        ? t('status.connected')
        : t('status.disconnectedSince', { moment: moment(awaySince) })}
    </StatusRow>
  );
}
