import { pause } from '../../../tests/support/until.mjs';
import { added, summed } from './measure.mjs';

const IDLE_MS = 5000;

/** Makes Strapi's database layer log every statement; `compareStatements` counts what it logs. */
export const STATEMENT_LOG = { DEBUG: 'knex:query', DEBUG_COLORS: 'no' };

/**
 * Counts the SQL statements of a piece of work, repeated so many times on both servers, without
 * those that a server makes all the time whatever is asked of it.
 */
export async function compareStatements(contestants, times, work) {
  const pair = await contestants.each((server, side) =>
    statementsOf(server, times, () => work(server, side)),
  );
  return summed([pair], added);
}

async function statementsOf(server, times, work) {
  const idle = await counted(server, () => pause(IDLE_MS));
  const busy = await counted(server, async () => {
    for (let done = 0; done < times; done += 1) await work();
  });
  const background = (idle.statements / idle.ms) * busy.ms;
  return Math.max(0, busy.statements - background) / times;
}

async function counted(server, act) {
  const start = performance.now();
  const before = statementsSoFar(server);
  await act();
  return { statements: statementsSoFar(server) - before, ms: performance.now() - start };
}

function statementsSoFar(server) {
  return server.log.match(/knex:query /g)?.length ?? 0;
}
