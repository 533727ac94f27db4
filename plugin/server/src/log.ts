/**
 * Returns the message of a failed statement without the statement and its values.
 *
 * Knex puts both before the message, and the values may be personal data.
 */
export function databaseReason(error: unknown): string {
  return String(error).split(' - ').slice(-1).join('');
}
