import { createRedisClient, socketOf, withSocket, type ClientOptions } from './client';

/** Finds the server that currently holds the plugin's keys; resolves to the options of a client. */
export type FindServer = () => Promise<ClientOptions>;

/** Maps addresses of servers to other addresses, as the option of the `redis` package does. */
type AddressMap =
  Record<string, Address | undefined> | ((address: string) => Address | undefined) | undefined;

interface Address {
  host: string;
  port: number;
}

/** The used options of `createSentinel` of the `redis` package. */
export interface SentinelOptions {
  /** The name of the master that the sentinels watch. */
  name: string;
  sentinelRootNodes: Address[];
  sentinelClientOptions?: ClientOptions;
  nodeClientOptions?: ClientOptions;
  nodeAddressMap?: AddressMap;
}

/** The used options of `createCluster` of the `redis` package. */
export interface ClusterOptions {
  rootNodes: ClientOptions[];
  defaults?: ClientOptions;
  nodeAddressMap?: AddressMap;
}

/** Returns a fixed server. */
export function oneServer(options: ClientOptions): FindServer {
  return () => Promise.resolve(options);
}

/** Finds the current master by its sentinels. */
export function masterOf(options: SentinelOptions): FindServer {
  const { name, sentinelRootNodes, sentinelClientOptions = {}, nodeClientOptions = {} } = options;

  async function ask({ host, port }: Address): Promise<ClientOptions> {
    const sentinel = withSocket(sentinelClientOptions, { host, port });
    const answer = await askOnce(sentinel, ['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name]);
    if (!Array.isArray(answer)) throw new Error(`no sentinel knows a master named ${name}`);
    const [masterHost, masterPort] = answer.map(String);
    const master = { host: masterHost ?? host, port: Number(masterPort) };
    return withSocket(nodeClientOptions, mapped(master, options.nodeAddressMap));
  }

  return () => firstOf(sentinelRootNodes.map(ask));
}

/** Finds the node of a Redis Cluster that holds a key. */
export function ownerOf(options: ClusterOptions, key: string): FindServer {
  const { rootNodes, defaults = {}, nodeAddressMap } = options;

  /** A node that does not hold the key replies `MOVED` with the address of its owner. */
  async function ask(node: ClientOptions): Promise<ClientOptions> {
    const asked = withSocket(
      { ...defaults, ...node },
      { ...socketOf(defaults), ...socketOf(node) },
    );
    try {
      await askOnce(asked, ['GET', key]);
      return asked;
    } catch (error) {
      const owner = error instanceof Error ? ownerIn(error.message) : null;
      if (!owner) throw error;
      return withSocket(defaults, mapped(owner, nodeAddressMap));
    }
  }

  return () => firstOf(rootNodes.map(ask));
}

/** Sends one command over a connection of its own, and closes it. */
async function askOnce(options: ClientOptions, command: string[]): Promise<unknown> {
  const client = await createRedisClient(options);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await client.sendCommand(command);
  } finally {
    if (client.isOpen) client.destroy();
  }
}

/** Resolves with the first success, to wait for no node that does not respond. */
async function firstOf<T>(answers: Promise<T>[]): Promise<T> {
  try {
    return await Promise.any(answers);
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
}

/** Parses `MOVED <slot> <host>:<port>`; the host may contain colons. */
function ownerIn(message: string): Address | null {
  const [, host, port] = /^MOVED \d+ (.+):(\d+)$/.exec(message) ?? [];
  return host && port ? { host, port: Number(port) } : null;
}

function mapped(address: Address, map: AddressMap): ClientOptions {
  const name = `${address.host}:${address.port}`;
  return { ...((typeof map === 'function' ? map(name) : map?.[name]) ?? address) };
}
