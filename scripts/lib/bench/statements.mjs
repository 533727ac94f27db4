import { added, summed } from './measure.mjs';

/** Makes Strapi's database layer log every statement; `compareStatements` counts what it logs. */
export const STATEMENT_LOG = { DEBUG: 'knex:query', DEBUG_COLORS: 'no' };

/**
 * Counts the SQL statements that a piece of work makes each time, on both servers: those found in
 * the log at least so many times as the work was repeated. What a server does once in a while,
 * whatever is asked of it, is not found so often.
 */
export async function compareStatements(contestants, times, work) {
  const pair = await contestants.each((server, side) =>
    statementsOf(server, times, () => work(server, side)),
  );
  return summed([pair], added);
}

async function statementsOf(server, times, work) {
  const before = server.log.length;
  for (let done = 0; done < times; done += 1) await work();
  const counts = new Map();
  for (const statement of statementsIn(server.log.slice(before)))
    counts.set(statement, (counts.get(statement) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.floor(count / times), 0);
}

/** Reads the statements of a log, each without the name of its transaction. */
function statementsIn(log) {
  return Array.from(log.matchAll(/knex:query (.*?) (?:trx\d+|undefined)$/gm), ([, text]) => text);
}
