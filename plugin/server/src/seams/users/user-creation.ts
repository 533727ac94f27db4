import { createAsyncVariable } from '../../async/async-variable';
import { USER_MODEL } from '../../strapi';

const creations = createAsyncVariable<true>();

/** The events after users were created, in which an app may send a link with a token. */
const CREATED: ReadonlySet<string> = new Set(['afterCreate', 'afterCreateMany']);

/** Runs the lifecycles of a read or write; those of a created user know that they are. */
export function runLifecycles<Result>(action: string, model: string, run: () => Result): Result {
  return model === USER_MODEL && CREATED.has(action) ? creations.run(true, run) : run();
}

/** Tells whether the caller runs in a lifecycle after the creation of a user. */
export function isAfterCreation(): boolean {
  return creations.get() === true;
}
