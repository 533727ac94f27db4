import type { AddressLock } from '../../../../shared/contracts';
import type { Core } from '../../../../shared/core';
import { nowMs } from '../../clock';
import { ANY_VALUE, only } from '../../stores/database/sql/conditions';
import type { JournalStore } from '../../stores/database/journal/journal-store';
import type { NetworkAttempts } from './network-attempts';

/** The locks of addresses that are in force. */
export interface AddressLocks {
  /** Returns the addresses that are locked, of those whose locks the journal has of late. */
  list(): Promise<AddressLock[]>;
  /** Forgets the failed logins from the networks of an address; tells whether the text is one. */
  lift(ip: string): Promise<boolean>;
}

/** Dependencies of {@link createAddressLocks}. */
export interface AddressLocksParts {
  core: Pick<Core, 'clientOf'>;
  networks: NetworkAttempts;
  journal: Pick<JournalStore, 'read'>;
  /** Writes the pending entries of this process. */
  flush: () => Promise<void>;
  /** Hears of each address whose attempts may be allowed now. */
  changed: () => void;
}

/** No allowance of an address takes longer to be whole again, in milliseconds. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** The number of entries that are looked at. */
const ENTRIES = 200;

/** Creates the list; the journal names the addresses, and the limiter tells which are still locked. */
export function createAddressLocks(parts: AddressLocksParts): AddressLocks {
  const { core, networks, journal, flush, changed } = parts;

  return {
    async list() {
      await flush();
      const entries = await journal.read({
        sessionId: ANY_VALUE,
        userId: ANY_VALUE,
        what: only('login.locked'),
        at: { fromMs: nowMs() - DAY_MS, toMs: null },
        page: 1,
        pageSize: ENTRIES,
      });
      const addresses = new Set(entries.flatMap(({ userId, ip }) => (userId === null && ip) || []));
      const locks: AddressLock[] = [];
      for (const ip of addresses) {
        const lockedForMs = await networks.lockedForMs(core.clientOf(ip, ''));
        if (lockedForMs > 0)
          locks.push({ ip, until: new Date(nowMs() + lockedForMs).toISOString() });
      }
      return locks;
    },

    async lift(ip) {
      const client = core.clientOf(ip, '');
      if (client.place === null) return false;
      await networks.clear(client);
      changed();
      return true;
    },
  };
}
