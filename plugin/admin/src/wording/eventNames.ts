import type { JournalEvent } from '../../../shared/contracts';
import type { TranslationKey } from './translationId';

/** The names of the journal's events. */
export const EVENT_NAMES: Record<JournalEvent, TranslationKey> = {
  'session.created': 'event.created',
  'session.terminated': 'event.terminated',
  'session.refresh-reused': 'event.refreshReused',
  'session.token-refused': 'event.tokenRefused',
  'user.blocked': 'event.userBlocked',
  'user.unblocked': 'event.userUnblocked',
  'login.failed': 'event.loginFailed',
  'login.locked': 'event.loginLocked',
  'login.unlocked': 'event.loginUnlocked',
  'settings.changed': 'event.settingsChanged',
  'clean-up.finished': 'event.cleanUp',
};
