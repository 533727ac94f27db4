import type { Core, OwnedCore } from '../../../../shared/core';
import { guarded, instanceGeneration } from '../../../../shared/traps';

/** Makes a core, in the instance of the module that there is. */
export type MakeCore = () => OwnedCore;

/** A core that others hold on to while the one behind it is replaced, be it for a trap. */
export interface ResilientCore {
  /** Forwards every call to the core in force. */
  readonly core: Core;
  /** Puts another core in force, from the next call on, and frees the one before. */
  replace(next: MakeCore): void;
}

/** Makes a live core that begins with what is given. */
export function createResilientCore(first: MakeCore): ResilientCore {
  let make = first;
  let made = guarded(make);
  let generation = instanceGeneration();
  let sealsBefore = 0;

  /** Gives the core in force; one that went down with its instance is made anew. */
  function present(): OwnedCore {
    if (generation !== instanceGeneration()) {
      made = make();
      generation = instanceGeneration();
    }
    return made;
  }

  const ask = <Result>(question: (core: OwnedCore) => Result): Result =>
    guarded(() => question(present()));

  const core: Core = {
    checkRequest: (...facts) => ask((core) => core.checkRequest(...facts)),
    decideLimit: (...facts) => ask((core) => core.decideLimit(...facts)),
    decideRefresh: (...facts) => ask((core) => core.decideRefresh(...facts)),
    fingerprint: (token) => ask((core) => core.fingerprint(token)),
    keyId: () => ask((core) => core.keyId()),
    keyStateOf: (envelope) => ask((core) => core.keyStateOf(envelope)),
    newSessionId: () => ask((core) => core.newSessionId()),
    open: (...sealed) => ask((core) => core.open(...sealed)),
    reseal: (...sealed) => ask((core) => core.reseal(...sealed)),
    seal: (...opened) => ask((core) => core.seal(...opened)),
    sealCount: () => sealsBefore + ask((core) => core.sealCount()),
    sweepPlan: (nowMs) => ask((core) => core.sweepPlan(nowMs)),
    touchPeriodMs: () => ask((core) => core.touchPeriodMs()),
  };

  return {
    core,
    replace(next) {
      const [before, after] = ask((core) => [core, next()]);
      make = next;
      made = after;
      sealsBefore += before.sealCount();
      before.free();
    },
  };
}
