import { SESSION_LIST_ID } from '../sessions/focusTargets';

/** Element id of the panel of locked accounts. */
export const LOCKS_PANEL_ID = 'locked-accounts';

/** Gives the element id of the button that lifts the lock of a user. */
export function liftButtonId(userId: number): string {
  return `lock-${userId}-lift`;
}

/**
 * Returns the focus after a lock was to be lifted.
 *
 * That is its button, the panel if the lock is gone, or the list of sessions without any lock.
 */
export function focusLock(userId: number): void {
  const target =
    document.getElementById(liftButtonId(userId)) ??
    document.getElementById(LOCKS_PANEL_ID) ??
    document.getElementById(SESSION_LIST_ID);
  target?.focus();
}
