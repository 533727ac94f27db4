import type { BuiltInReason, RefreshReuseOutcome, SessionEvents } from '../../../shared/contracts';
import type { TranslationKey } from './translationId';

/** The names of the reasons of the plugin's own terminations. */
export const REASON_NAMES: Record<BuiltInReason, TranslationKey> = {
  logout: 'reason.logout',
  logout_all: 'reason.logout_all',
  logout_others: 'reason.logout_others',
  logout_remote: 'reason.logout_remote',
  admin: 'reason.admin',
  idle: 'reason.idle',
  expired: 'reason.expired',
  password_changed: 'reason.password_changed',
  user_blocked: 'reason.user_blocked',
  user_deleted: 'reason.user_deleted',
  role_changed: 'reason.role_changed',
  session_limit: 'reason.session_limit',
  refresh_reuse: 'reason.refresh_reuse',
};

/** The names of the outcomes of a reused refresh token. */
export const REUSE_OUTCOMES: Record<RefreshReuseOutcome, TranslationKey> = {
  terminated: 'reuse.terminated',
  refused: 'reuse.refused',
  tolerated: 'reuse.tolerated',
};

/** The names of the ways to unlock an account. */
export const UNLOCK_NAMES: Record<SessionEvents['login.unlocked']['how'], TranslationKey> = {
  lifted: 'unlock.lifted',
  'place-opened': 'unlock.placeOpened',
  'address-lifted': 'unlock.addressLifted',
};
