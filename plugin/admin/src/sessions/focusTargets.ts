import type { SessionView } from '../../../shared/contracts';

/** Element id of the whole list, which stays when rows come and go. */
export const SESSION_LIST_ID = 'sessions-list';

/** Gives the element id of a session's row. */
export function sessionRowId(session: SessionView): string {
  return `session-${session.id}`;
}

/** Gives the element id of a session's *Details* button. */
export function detailsButtonId(session: SessionView): string {
  return `session-${session.id}-details`;
}

/** Gives the element id of a session's *Terminate* button. */
export function terminateButtonId(session: SessionView): string {
  return `session-${session.id}-terminate`;
}

/**
 * Returns the focus to the session that was acted on.
 *
 * That is its button, its row after a termination, or the list if the row is gone.
 */
export function focusSession(session: SessionView): void {
  const target =
    document.getElementById(terminateButtonId(session)) ??
    document.getElementById(sessionRowId(session)) ??
    document.getElementById(SESSION_LIST_ID);
  target?.focus();
}

/** Returns the focus to a session's *Details* button, unless a dialog has taken it. */
export function focusDetails(session: SessionView): void {
  if (document.querySelector('[role="alertdialog"], [role="dialog"]') === null) {
    document.getElementById(detailsButtonId(session))?.focus();
  }
}
