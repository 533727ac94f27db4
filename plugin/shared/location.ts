import { NetworkKind as CoreKind } from '../../pkg/magic_sessionmanager.js';
import type { LocationView, NetworkKind } from './contracts';

const KINDS: Readonly<Record<CoreKind, NetworkKind>> = {
  [CoreKind.Hosting]: 'hosting',
  [CoreKind.Private]: 'private',
  [CoreKind.Reserved]: 'reserved',
  [CoreKind.Other]: 'other',
  [CoreKind.Unknown]: 'unknown',
  [CoreKind.Relay]: 'relay',
  [CoreKind.Tor]: 'tor',
  [CoreKind.Vpn]: 'vpn',
  [CoreKind.Proxy]: 'proxy',
};

/** Reads the number by which the core tells where an address is; see `Geography.locate`. */
export function locationFrom(code: number): LocationView {
  // The core puts a kind into the lowest byte.
  const kind = (code & 0xff) as CoreKind;
  const letters = [(code >> 8) & 0xff, (code >> 16) & 0xff];
  return {
    country: letters[0] ? String.fromCharCode(...letters) : null,
    network: KINDS[kind],
    city: null,
    asn: null,
    organization: null,
  };
}
