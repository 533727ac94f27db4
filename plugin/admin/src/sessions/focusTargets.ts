import type { SessionView } from '../../../shared/contracts';

/** Element id of the whole list; it stays when rows come and go. */
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
 * Puts the focus back to where a session was acted on.
 *
 * That is its button, or its row once the session has ended, or the list once the row is gone.
 */
export function focusSession(session: SessionView): void {
  const target =
    document.getElementById(terminateButtonId(session)) ??
    document.getElementById(sessionRowId(session)) ??
    document.getElementById(SESSION_LIST_ID);
  target?.focus();
}

/** Puts the focus back to where a session's details were opened, unless a dialog has taken it. */
export function focusDetails(session: SessionView): void {
  if (document.querySelector('[role="alertdialog"], [role="dialog"]') === null) {
    document.getElementById(detailsButtonId(session))?.focus();
  }
}
