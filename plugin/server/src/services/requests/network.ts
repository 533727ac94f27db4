import { isIPv6 } from 'node:net';

/**
 * Returns the network that an address counts as.
 *
 * It is the IPv4 address, or the first 64 bits of an IPv6 address, because one client usually
 * controls a whole /64 network.
 */
export function networkKeyOf(ip: string): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(address)) return address;
  const [withoutZone] = address.split('%');
  const { hostname } = new URL(`http://[${withoutZone}]/`);
  const [head = [], tail = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter(Boolean));
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}
