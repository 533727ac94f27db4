import { Grid } from '@strapi/design-system';

import type { LocationView, SessionView } from '../../../shared/contracts';
import { useMethodName } from '../wording/useMethodName';
import { useLocationLabel } from '../wording/useLocationLabel';
import { useFormatDateWithAge } from '../wording/useFormatDateWithAge';
import type { DetailsState } from './useSessionDetails';
import { useSessionLabels } from '../wording/useSessionLabels';
import { distanceUntil } from '../wording/relativeTime';
import { useTranslate } from '../wording/useTranslate';
import { useReasonName } from '../wording/useReasonName';
import { Fact } from '../ui/Fact';
import { TokenFacts } from './TokenFacts';

interface SessionFactsProps {
  session: SessionView;
  /** Adds the storage of the tokens after it is loaded. */
  state: DetailsState;
}

/** The facts of one session, as a list; never a token. */
export function SessionFacts({ session, state }: SessionFactsProps) {
  const t = useTranslate();
  const reasonName = useReasonName();
  const { deviceName } = useSessionLabels();
  const methodName = useMethodName();
  const moment = useFormatDateWithAge();
  const network = useLocationLabel()(session.location);
  const system = systemName(session.location);
  const { user, reason, expiresAt, terminatedAt } = session;
  return (
    <Grid.Root tag="dl" gap={5}>
      <Fact name={t('details.email')}>{user.email ?? '–'}</Fact>
      <Fact name={t('details.userId')}>{user.id}</Fact>
      <Fact name={t('column.loggedIn')}>{moment(session.loggedInAt)}</Fact>
      <Fact name={t('details.method')}>{methodName(session.method)}</Fact>
      <Fact name={t('column.lastSeen')}>{moment(session.lastSeenAt)}</Fact>
      {expiresAt !== null && (
        <Fact name={t('column.expires')}>{moment(expiresAt, distanceUntil)}</Fact>
      )}
      {terminatedAt !== null && <Fact name={t('column.terminated')}>{moment(terminatedAt)}</Fact>}
      {reason !== null && <Fact name={t('details.reason')}>{reasonName(reason)}</Fact>}
      <Fact name={t('column.device')}>{deviceName(session.device)}</Fact>
      <Fact name={t('details.ip')}>{session.ip ?? '–'}</Fact>
      {network !== null && <Fact name={t('details.network')}>{network}</Fact>}
      {system !== null && <Fact name={t('details.system')}>{system}</Fact>}
      <Fact name={t('details.userAgent')} isWide>
        {session.userAgent ?? '–'}
      </Fact>
      <Fact name={t('details.id')} isWide>
        <span style={MONOSPACE}>{session.id}</span>
      </Fact>
      {state.status === 'ready' && <TokenFacts stored={state.data.stored} />}
    </Grid.Root>
  );
}

/** Names the autonomous system of an address; `null` where it is not known. */
function systemName(location: LocationView | null): string | null {
  const { asn = null, organization = null } = location ?? {};
  return [asn && `AS${asn}`, organization].filter(Boolean).join(' · ') || null;
}

const MONOSPACE = { fontFamily: 'monospace' };
