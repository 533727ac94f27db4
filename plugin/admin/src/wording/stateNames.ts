import type { SessionState } from '../../../shared/contracts';
import type { TranslationKey } from './translationId';

/** The names of the states of a session. */
export const STATE_NAMES: Record<SessionState, TranslationKey> = {
  active: 'state.active',
  inactive: 'state.inactive',
  terminated: 'state.terminated',
};
