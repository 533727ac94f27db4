import { Cluster } from '../harness/cluster/cluster.mjs';
import { comparedApp } from '../harness/comparison/compared-app.mjs';

comparedApp('An app of two instances that answer in turns', { start: startTwo });

async function startTwo(options) {
  const cluster = await Cluster.start(options);
  let turn = 0;
  const next = () => cluster.instances[(turn += 1) % cluster.instances.length];
  return {
    request: (...request) => cluster.write(() => next().request(...request)),
    dispose: () => cluster.dispose(),
  };
}
