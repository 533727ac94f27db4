/** Runs the statements that the thread of a test waits for; see `Statements`. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { workerData } from 'node:worker_threads';

const { product, appFolder, port, signal } = workerData;
const { connect } = await import(product);
const require = createRequire(path.join(appFolder, 'package.json'));

async function rowsOf({ connection, sql, values }) {
  const session = await connect(require, connection);
  try {
    return await session.run(sql, values);
  } finally {
    await session.end();
  }
}

port.on('message', async (statement) => {
  const answer = await rowsOf(statement).then(
    (rows) => ({ rows }),
    (error) => ({ error: error.message || String(error.code ?? error) }),
  );
  port.postMessage(answer);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});
