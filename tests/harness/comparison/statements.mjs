import { statementsIn } from '../sql/statement-log.mjs';
import { added, summed } from './measure.mjs';

/**
 * Counts the SQL statements that a piece of work makes each time, on both servers: those found in
 * the log at least so many times as the work was repeated. What a server does once in a while,
 * whatever is asked of it, is not found so often.
 */
export async function compareStatements(servers, times, work) {
  const pair = await servers.each((server, side) =>
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
