/** Runs the statements that the thread of a test waits for; see `Statements`. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { workerData } from 'node:worker_threads';

const { product, appFolder, port, signal } = workerData;
const { runStatement } = await import(product);
const require = createRequire(path.join(appFolder, 'package.json'));

port.on('message', async ({ connection, sql, values }) => {
  const answer = await runStatement(require, connection, sql, values).then(
    (rows) => ({ rows }),
    (error) => ({ error: error.message || String(error.code ?? error) }),
  );
  port.postMessage(answer);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});
