import type { Strapi } from '../../strapi';
import { loaderOfCore } from '../packages';

/** The used part of the engine of Strapi's content API, which builds an ability from permissions. */
export interface AbilityEngine {
  generateAbility: (permissions: unknown, ...others: unknown[]) => Promise<Ability>;
  createRegisterFunction?: unknown;
  hooks?: Record<string, { getHandlers?: () => unknown[] } | undefined>;
}

/** The used part of an ability. */
export interface Ability {
  can?: unknown;
  rules?: unknown;
}

/** The used part of the package that Strapi's engine comes from. */
interface PermissionsPackage {
  engine: {
    new: (parts: { providers: object }) => AbilityEngine;
    abilities: { caslAbilityBuilder: () => { can(rule: object): unknown; build(): Ability } };
  };
}

/** What decides on permissions, besides the permissions. */
interface Deciders {
  engine: AbilityEngine;
  createRegisterFunction: unknown;
  /** The handler by which Strapi leaves out actions that do not exist, and by which it finds them. */
  handler: unknown;
  getAction: unknown;
}

/** The used part of the lists of what exists. */
interface Providers {
  action?: { get?: unknown };
}

/** Strapi's engine as long as it is Strapi's own. */
export interface OwnEngine {
  /** Tells whether the actions alone decide, and no code of an app. */
  decidesAlone(): boolean;
  /** Returns the actions that an ability permits; `null` where it or its rules say more. */
  permittedBy(ability: Ability): string[] | null;
  /** Builds the ability that permits some actions, as the engine does. */
  build(actions: readonly string[]): Ability;
}

/** The hook of that handler. */
const OWN_HOOK = 'before-format::validate.permission';

/** What decided before the plugin's bootstrap. */
const remembered = new WeakMap<Strapi, Deciders>();

/** Returns the engine of the content API. */
export function engineOf(strapi: Strapi): AbilityEngine {
  // Strapi types the permissions; the plugin passes on what it does not know.
  return strapi.contentAPI.permissions.engine as unknown as AbilityEngine;
}

/** Remembers what decides on permissions, early in Strapi's start: apps change it later. */
export function rememberEngine(strapi: Strapi): void {
  remembered.set(strapi, decidersOf(strapi));
}

/** Returns Strapi's own engine; `null` where it has been changed, or its package is not found. */
export function ownEngineOf(strapi: Strapi): OwnEngine | null {
  const before = remembered.get(strapi);
  // Strapi's types name more than the versions have in common.
  const found = loaderOfCore(strapi)('@strapi/permissions') as PermissionsPackage | undefined;
  if (!before || !found || !isStrapis(before, found)) return null;

  const build: OwnEngine['build'] = (actions) => {
    const builder = found.engine.abilities.caslAbilityBuilder();
    for (const action of actions) builder.can({ action });
    return builder.build();
  };
  const empty = build([]);

  return {
    build,

    decidesAlone() {
      const now = decidersOf(strapi);
      const names = Object.keys(before) as (keyof Deciders)[];
      if (names.some((name) => now[name] !== before[name])) return false;
      return Object.keys(now.engine.hooks ?? {}).every(
        (name) => handlersOf(now.engine, name).length === (name === OWN_HOOK ? 1 : 0),
      );
    },

    permittedBy(ability) {
      const isOwn =
        Object.getPrototypeOf(ability) === Object.getPrototypeOf(empty) &&
        String(ability.can) === String(empty.can);
      if (!isOwn || !Array.isArray(ability.rules)) return null;
      const actions = (ability.rules as unknown[]).map(actionOfRule);
      return actions.every((action) => action !== null) ? actions : null;
    },
  };
}

function decidersOf(strapi: Strapi): Deciders {
  const engine = engineOf(strapi);
  // What is missing is no reason to end the start; nothing is skipped then.
  const { providers } = strapi.contentAPI.permissions as { providers?: Providers };
  const getAction = providers?.action?.get;
  const { createRegisterFunction } = engine;
  return { engine, createRegisterFunction, handler: handlersOf(engine, OWN_HOOK)[0], getAction };
}

/**
 * Tells whether the engine is one of Strapi's package, and has all that is used of it.
 *
 * Another plugin may have replaced a function before this one was registered; its code differs.
 */
function isStrapis({ engine, handler, getAction }: Deciders, found: PermissionsPackage): boolean {
  try {
    const fresh = found.engine.new({ providers: {} });
    found.engine.abilities.caslAbilityBuilder().build();
    return (
      handler !== undefined &&
      getAction !== undefined &&
      String(engine.generateAbility) === String(fresh.generateAbility) &&
      String(engine.createRegisterFunction) === String(fresh.createRegisterFunction)
    );
  } catch {
    return false;
  }
}

function handlersOf({ hooks }: AbilityEngine, name: string): unknown[] {
  return hooks?.[name]?.getHandlers?.() ?? [];
}

/** Returns the action of a rule that permits it for everything; `null` for any other rule. */
function actionOfRule(rule: unknown): string | null {
  if (typeof rule !== 'object' || rule === null) return null;
  const { action, subject, ...others } = rule as Record<string, unknown>;
  const isPlain = Object.keys(others).length === 0 && subject === 'all';
  return isPlain && typeof action === 'string' ? action : null;
}
