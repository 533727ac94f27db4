/**
 * Gives what a database says of a failed statement, without the statement and its values, such as
 * somebody's address, which Knex puts before it.
 */
export function databaseReason(error: unknown): string {
  return String(error).split(' - ').slice(-1).join('');
}
