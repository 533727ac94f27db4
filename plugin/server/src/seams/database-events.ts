import type { Strapi } from '../strapi';
import { SEAMS } from './proofs/names';
import { answerTrial, isTrial } from './proofs/trial';
import { wrapFunction } from './proofs/wrapped-functions';
import { runLifecycles } from './users/user-creation';

/** The moments of a read or write of Strapi's query engine. */
type Action =
  `${'before' | 'after'}${'FindOne' | 'FindMany' | 'Create' | 'CreateMany' | 'Update' | 'UpdateMany' | 'Delete' | 'DeleteMany'}`;

/** A read or write of Strapi's query engine. */
export interface DatabaseEvent<State extends object = object> {
  params: { where?: unknown; data?: unknown };
  /** The row or rows, after the fact. */
  result?: unknown;
  /** Carries facts from before the fact to after it. */
  state: Partial<State>;
}

/** The handlers of a model; the query engine waits for them. */
export type Handlers<State extends object = object> = Partial<
  Record<Action, (event: DatabaseEvent<State>) => Promise<void> | void>
>;

/** Tells of reads and writes of Strapi's query engine, also while Strapi's lifecycles are off. */
export interface DatabaseEvents {
  /** Adds the handlers of a model; returns a function that removes them. */
  on<State extends object>(model: string, handlers: Handlers<State>): () => void;
}

/** The states of one read or write, by who keeps them. */
type States = Map<unknown, unknown>;

/** The wrapped part of Strapi's lifecycles. */
interface Lifecycles {
  run(action: string, model: string, properties: object, states?: States): Promise<States>;
}

const STATE = Symbol('magic-sessionmanager');

/**
 * Wraps the function that runs Strapi's lifecycles.
 *
 * Strapi calls it for every read and write, and switches its subscribers off within it while data
 * is transferred. After a write the handlers run before the subscribers, so that a subscriber that
 * throws does not keep them from it.
 */
export function followDatabase(strapi: Strapi): DatabaseEvents {
  const handlersOf = new Map<string, Set<Handlers>>();

  async function tell(
    action: string,
    model: string,
    properties: object,
    states: States,
  ): Promise<void> {
    for (const handlers of handlersOf.get(model) ?? []) {
      const handle = handlers[action as Action];
      if (handle)
        await handle({ ...properties, state: stateOf(states, handlers) } as DatabaseEvent);
    }
  }

  const seam = {
    name: SEAMS.database,
    // Strapi types the actions and models; the plugin follows any model by its name.
    owner: () => strapi.db.lifecycles as unknown as Lifecycles,
    method: 'run',
  } as const;
  /** Strapi calls it a dozen times for each request; most of its calls concern nobody. */
  function isHeard(action: string, model: string): boolean {
    const all = handlersOf.get(model);
    if (!all) return false;
    for (const handlers of all) if (handlers[action as Action]) return true;
    return false;
  }

  wrapFunction(strapi, seam, (run) => (action, model, properties, states = new Map()) => {
    if (isTrial()) answerTrial(pointOf(action, model), () => undefined);
    const runAll = () => runLifecycles(action, model, () => run(action, model, properties, states));
    if (!isHeard(action, model)) return runAll();
    return action.startsWith('after')
      ? tell(action, model, properties, states).then(runAll)
      : Promise.resolve(runAll()).then((result) =>
          tell(action, model, properties, states).then(() => result),
        );
  });

  return {
    on(model, given) {
      // Each set of handlers gets only the state that it keeps itself.
      const handlers = given as Handlers;
      const all = handlersOf.get(model) ?? new Set();
      handlersOf.set(model, all.add(handlers));
      return () => void all.delete(handlers);
    },
  };
}

/** Returns the name by which a trial knows a read or write. */
export function pointOf(action: string, model: string): string {
  return `${action} ${model}`;
}

/** Strapi passes the same map before and after one read or write. */
function stateOf(states: States, handlers: Handlers): object {
  const all = (states.get(STATE) ?? new Map()) as Map<Handlers, object>;
  const state = all.get(handlers) ?? {};
  states.set(STATE, all.set(handlers, state));
  return state;
}
