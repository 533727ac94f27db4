import type { Client, Core } from '../../../../shared/core';
import type { RequestContext } from '../../strapi';

/** Reads the client of a request; outside of a request nothing tells it. */
export type ClientOf = (ctx: RequestContext | undefined) => Client;

/** The most clients that are remembered. */
const MAX_REMEMBERED = 1000;

/**
 * Creates the reader of clients; the core reads their addresses.
 *
 * Each request of a session asks, so the newest answers are remembered.
 *
 * @param version Returns a value that changes with the settings, which the answers depend on.
 */
export function createClientReader(core: Pick<Core, 'clientOf'>, version: () => unknown): ClientOf {
  const remembered = new Map<string, Client>();
  let rememberedFor: unknown;

  return (ctx) => {
    const peer = ctx?.request.ip ?? '';
    const forwardedFor = [ctx?.request.headers['x-forwarded-for'] ?? []].flat().join(',');
    if (remembered.size >= MAX_REMEMBERED || rememberedFor !== version()) remembered.clear();
    rememberedFor = version();
    const key = `${peer}\n${forwardedFor}`;
    const client = remembered.get(key) ?? core.clientOf(peer, forwardedFor);
    remembered.set(key, client);
    return client;
  };
}

/** Returns the network that an address counts as: itself, or the first 64 bits in IPv6. */
export function networkOf(core: Pick<Core, 'clientOf'>, ip: string): string {
  return core.clientOf(ip, '').networks[0]?.network ?? ip;
}
