import type { Core, OwnedCore } from '../../../shared/core';

/** A core that others hold on to while the one behind it is replaced. */
export interface LiveCore {
  /** Forwards every call to the core in force. */
  readonly core: Core;
  /** Puts another core in force, from the next call on, and frees the one before. */
  replace(next: OwnedCore): void;
}

/** Makes a live core that begins with the given one. */
export function createLiveCore(first: OwnedCore): LiveCore {
  let current = first;

  const core: Core = {
    checkRequest: (...facts) => current.checkRequest(...facts),
    decideLimit: (...facts) => current.decideLimit(...facts),
    decideRefresh: (...facts) => current.decideRefresh(...facts),
    fingerprint: (token) => current.fingerprint(token),
    keyId: () => current.keyId(),
    keyStateOf: (envelope) => current.keyStateOf(envelope),
    newSessionId: () => current.newSessionId(),
    open: (...sealed) => current.open(...sealed),
    reseal: (...sealed) => current.reseal(...sealed),
    seal: (...opened) => current.seal(...opened),
    sealCount: () => current.sealCount(),
    sweepPlan: (nowMs) => current.sweepPlan(nowMs),
    touchPeriodMs: () => current.touchPeriodMs(),
    transition: (...facts) => current.transition(...facts),
  };

  return {
    core,
    replace(next) {
      const before = current;
      current = next;
      before.free();
    },
  };
}
