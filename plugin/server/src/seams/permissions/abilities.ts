import { USER_ACTION } from '../../permissions';
import { currentRequest, type Strapi } from '../../strapi';
import type { SeamParts } from '../parts';
import { wrapOnce } from '../wrap-once';
import { detachedOnUpdate } from './shared-ability';

/** The used part of Strapi's content API, which builds an ability from permissions one by one. */
interface AbilityEngine {
  generateAbility: (permissions: unknown, ...others: unknown[]) => Promise<object>;
  hooks?: Record<string, { getHandlers?: () => unknown[] } | undefined>;
}

/** The state of a request after routing. */
interface RoutedRequestState {
  /** The result of authentication, once it has run. */
  auth?: unknown;
  route?: { config?: { auth?: { scope?: string | string[] } | false } };
}

/** The handler by which Strapi leaves out actions that do not exist. */
const OWN_HOOK = 'before-format::validate.permission';

/** The functions that generated abilities before any app could replace them. */
const generators = new WeakMap<Strapi, unknown>();

/** Remembers Strapi's own function; an app may replace it, and decide by more than the actions. */
export function rememberAbilityGenerator(strapi: Strapi): void {
  generators.set(strapi, engineOf(strapi).generateAbility);
}

/**
 * Skips work of Strapi's for the abilities of requests.
 *
 * Strapi makes one of all permissions of a role at each request. It is made once for a list of
 * actions, where nothing else decides on it. The plugin's own permission is left out where the route
 * does not require it.
 */
export function skipAbilities({ strapi, requestStates, abilities }: SeamParts): void {
  const engine = engineOf(strapi);
  const isStrapis = generators.get(strapi) === engine.generateAbility;

  wrapOnce(engine, 'generateAbility', (generate) => async (given, ...others) => {
    const permissions = withoutUnused(strapi, given);
    const make = (): Promise<object> => generate(permissions, ...others);
    if (!isStrapis || !requestStates.current()?.authentication) return await make();
    const actions = others.length === 0 && !isHooked(engine) ? actionsAlone(permissions) : null;
    return actions ? detachedOnUpdate(await abilities.of(actions, make)) : await make();
  });
}

function engineOf(strapi: Strapi): AbilityEngine {
  // Strapi types the permissions; the plugin passes on what it does not know.
  return strapi.contentAPI.permissions.engine as unknown as AbilityEngine;
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

/** Tells whether more than Strapi itself decides on permissions; what that is, is not known. */
function isHooked({ hooks }: AbilityEngine): boolean {
  if (!hooks) return true;
  return Object.entries(hooks).some(([name, hook]) => {
    const handlers = hook?.getHandlers?.().length;
    return handlers !== (name === OWN_HOOK ? 1 : 0);
  });
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
