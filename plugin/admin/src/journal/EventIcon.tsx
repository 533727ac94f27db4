import {
  Check,
  Cog,
  Cross,
  Key,
  Lock,
  Shield,
  SignOut,
  Trash,
  User,
  WarningCircle,
} from '@strapi/icons';
import type { ComponentType, SVGProps } from 'react';

import type { JournalEvent } from '../../../shared/contracts';

interface Look {
  Icon: ComponentType<SVGProps<SVGSVGElement>>;
  colour: 'success600' | 'neutral600' | 'warning600' | 'danger600' | 'primary600';
}

const LOOKS: Record<JournalEvent, Look> = {
  'session.created': { Icon: User, colour: 'success600' },
  'session.terminated': { Icon: SignOut, colour: 'neutral600' },
  'session.refresh-reused': { Icon: WarningCircle, colour: 'danger600' },
  'session.token-refused': { Icon: Shield, colour: 'warning600' },
  'user.blocked': { Icon: Cross, colour: 'danger600' },
  'user.unblocked': { Icon: Check, colour: 'success600' },
  'login.failed': { Icon: Lock, colour: 'warning600' },
  'login.locked': { Icon: Lock, colour: 'danger600' },
  'login.unlocked': { Icon: Key, colour: 'success600' },
  'settings.changed': { Icon: Cog, colour: 'primary600' },
  'clean-up.finished': { Icon: Trash, colour: 'neutral600' },
};

/** An icon for an event. It is decorative: the event's name belongs beside it as text. */
export function EventIcon({ event }: { event: JournalEvent }) {
  const { Icon, colour } = LOOKS[event];
  return <Icon width="1.6rem" height="1.6rem" fill={colour} aria-hidden focusable={false} />;
}
