import { redisText } from './redis-protocol.mjs';
import { RedisServer } from './redis-server.mjs';
import { freePort } from '../network/free-port.mjs';
import { until } from '../process/until.mjs';

const SLOTS = 16_384;
const NODES = 3;

/** Three nodes that are one Redis Cluster, each with a third of the slots. */
export class RedisCluster {
  nodes = [];

  static async start() {
    const cluster = new RedisCluster();
    const buses = [];
    while (buses.length < NODES) {
      const bus = await freePort();
      const options = { 'cluster-enabled': 'yes', 'cluster-port': bus };
      cluster.nodes.push(await RedisServer.start({ options }));
      buses.push(bus);
    }
    const [first] = cluster.nodes;
    for (const [place, node] of cluster.nodes.entries()) {
      const from = Math.ceil((SLOTS / NODES) * place);
      const to = Math.ceil((SLOTS / NODES) * (place + 1)) - 1;
      await node.command('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
      const [port, bus] = [node.port, buses[place]].map(String);
      if (node !== first) await first.command('CLUSTER', 'MEET', '127.0.0.1', port, bus);
    }
    await until('the nodes are one cluster', async () => {
      const answers = await Promise.all(
        cluster.nodes.map(({ port }) => redisText(port, 'CLUSTER', 'INFO')),
      );
      return answers.every((text) => text.includes('cluster_state:ok'));
    });
    return cluster;
  }

  /** The options of `createCluster` of the package `redis`. */
  get options() {
    return { rootNodes: this.nodes.map(({ url }) => ({ url })) };
  }

  /** Finds the node that holds a key. */
  async ownerOf(key) {
    for (const node of this.nodes) {
      const answer = await node.command('GET', key);
      if (!answer.startsWith('-MOVED')) return node;
    }
    throw new Error(`no node holds ${key}`);
  }

  async dispose() {
    await Promise.all(this.nodes.map((node) => node.dispose()));
  }
}
