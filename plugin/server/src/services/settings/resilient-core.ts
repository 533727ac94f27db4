import type { Core, OwnedCore } from '../../../../shared/core';
import { guarded, instanceGeneration } from '../../../../shared/traps';

/** Creates a core in the current instance of the module. */
export type CoreFactory = () => OwnedCore;

/** A stable reference to a core that can be replaced, also after a trap. */
export interface ResilientCore {
  /** Forwards every call to the current core. */
  readonly core: Core;
  /** Replaces the core from the next call on, and frees the previous one. */
  replace(next: CoreFactory): void;
}

/** Creates a resilient core that starts with the core of `first`. */
export function createResilientCore(first: CoreFactory): ResilientCore {
  let create = first;
  let current = guarded(create);
  let generation = instanceGeneration();
  let sealsBefore = 0;
  let sealTotal = 0;

  /** Returns the current core; creates it again after a trap destroyed its instance. */
  function currentCore(): OwnedCore {
    if (generation !== instanceGeneration()) {
      current = create();
      current.setSealTotal(sealTotal);
      generation = instanceGeneration();
    }
    return current;
  }

  const call = <Result>(method: (core: OwnedCore) => Result): Result =>
    guarded(() => method(currentCore()));

  const core: Core = {
    checkRequest: (...facts) => call((core) => core.checkRequest(...facts)),
    clientOf: (...facts) => call((core) => core.clientOf(...facts)),
    countFailure: (...facts) => call((core) => core.countFailure(...facts)),
    decideLimit: (...facts) => call((core) => core.decideLimit(...facts)),
    decideLogin: (...facts) => call((core) => core.decideLogin(...facts)),
    decideRefresh: (...facts) => call((core) => core.decideRefresh(...facts)),
    fingerprint: (token) => call((core) => core.fingerprint(token)),
    keyId: () => call((core) => core.keyId()),
    keyStateOf: (envelope) => call((core) => core.keyStateOf(envelope)),
    newSessionId: () => call((core) => core.newSessionId()),
    open: (...sealed) => call((core) => core.open(...sealed)),
    reseal: (...sealed) => call((core) => core.reseal(...sealed)),
    seal: (...opened) => call((core) => core.seal(...opened)),
    sealCount: () => sealsBefore + call((core) => core.sealCount()),
    setSealTotal(total) {
      sealTotal = total;
      return call((core) => core.setSealTotal(total));
    },
    settleLogin: (...facts) => call((core) => core.settleLogin(...facts)),
    sweepPlan: (nowMs) => call((core) => core.sweepPlan(nowMs)),
    touchPeriodMs: () => call((core) => core.touchPeriodMs()),
  };

  return {
    core,
    replace(next) {
      const [before, after] = call((core) => [core, next()]);
      create = next;
      current = after;
      sealsBefore += before.sealCount();
      after.setSealTotal(sealTotal);
      before.free();
    },
  };
}
