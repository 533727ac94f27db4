import { USER_ACTION } from '../../permissions';
import { currentRequest, type Strapi } from '../../strapi';
import type { SeamParts } from '../parts';
import { wrapOnce } from '../wrap-once';
import { engineOf, ownEngineOf, type Ability } from './ability-engine';

/** The state of a request after routing. */
interface RoutedRequestState {
  /** The result of authentication, once it has run. */
  auth?: unknown;
  route?: { config?: { auth?: { scope?: string | string[] } | false } };
}

/**
 * Skips work of Strapi's for the abilities of requests.
 *
 * Strapi evaluates all permissions of a role at each request, one by one. They are evaluated once for a
 * list of actions, where nothing else decides on it, and each request gets an ability of its own. The
 * plugin's own permission is left out where the route does not require it.
 */
export function skipAbilities({ strapi, requestStates, permittedActions }: SeamParts): void {
  const own = ownEngineOf(strapi);

  wrapOnce(engineOf(strapi), 'generateAbility', (generate) => async (given, ...others) => {
    const permissions = withoutUnused(strapi, given);
    const make = (): Promise<Ability> => generate(permissions, ...others);
    const isOfRequest = others.length === 0 && requestStates.current()?.authentication;
    const actions = isOfRequest && own?.decidesAlone() ? actionsAlone(permissions) : null;
    if (!own || !actions) return await make();
    const evaluated: { ability?: Ability } = {};
    const permitted = await permittedActions.of([registeredIn(strapi), ...actions], async () => {
      evaluated.ability = await make();
      return own.permittedBy(evaluated.ability);
    });
    return evaluated.ability ?? (permitted ? own.build(permitted) : await make());
  });
}

/** Returns how many actions exist; the engine leaves out those that do not. */
function registeredIn(strapi: Strapi): string {
  return String(strapi.contentAPI.permissions.providers.action.size());
}

function withoutUnused(strapi: Strapi, permissions: unknown): unknown {
  const state: RoutedRequestState | undefined = currentRequest(strapi)?.state;
  if (!state || mayBeRequired(state) || !Array.isArray(permissions)) return permissions;
  const isUsed = (permission: unknown): boolean => actionOf(permission) !== USER_ACTION;
  return (permissions as unknown[]).filter(isUsed);
}

/** Code of the app may check any permission later, if the route declares no scope. */
function mayBeRequired({ auth, route }: RoutedRequestState): boolean {
  const required = route?.config?.auth;
  if (auth !== undefined || !required || required.scope === undefined) return true;
  return [required.scope].flat().includes(USER_ACTION);
}

/** Returns the actions of permissions that consist of an action each; `null` for any others. */
function actionsAlone(permissions: unknown): string[] | null {
  if (!Array.isArray(permissions)) return null;
  const actions: string[] = [];
  for (const permission of permissions as unknown[]) {
    const action = actionOf(permission);
    if (typeof action !== 'string' || Object.keys(permission as object).length > 1) return null;
    actions.push(action);
  }
  return actions;
}

function actionOf(permission: unknown): unknown {
  if (typeof permission !== 'object' || permission === null) return undefined;
  return 'action' in permission ? permission.action : undefined;
}
