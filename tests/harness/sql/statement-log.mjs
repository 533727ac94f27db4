/** Makes Strapi's database layer log every statement. */
export const STATEMENT_LOG = { DEBUG: 'knex:query', DEBUG_COLORS: 'no' };

/** Reads the statements of a log, each without the name of its transaction. */
export function statementsIn(log) {
  const found = log.matchAll(/knex:query ([\s\S]*?) (?:trx\d+|undefined)$/gm);
  return Array.from(found, ([, text]) => text);
}
