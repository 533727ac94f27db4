import type { Strapi } from '../../strapi';
import { loaderOfCore } from '../packages';

/** The used part of the engine of Strapi's content API, which builds an ability from permissions. */
export interface AbilityEngine {
  generateAbility: (permissions: unknown, ...others: unknown[]) => Promise<object>;
  createRegisterFunction?: unknown;
  hooks?: Record<string, { getHandlers?: () => unknown[] } | undefined>;
}

/** The used part of the package that Strapi's engine comes from. */
interface PermissionsPackage {
  engine: {
    new: (parts: { providers: object }) => AbilityEngine;
    abilities: { caslAbilityBuilder: () => { can(rule: object): unknown; build(): object } };
  };
}

/** Strapi's engine as long as it is Strapi's own. */
export interface OwnEngine {
  /** Tells whether the actions alone decide, and no code of an app. */
  decidesAlone(): boolean;
  /** Returns the actions that an ability permits; `null` where its rules say more. */
  permittedBy(ability: object): string[] | null;
  /** Builds the ability that permits some actions, as the engine does. */
  build(actions: readonly string[]): object;
}

/** The handler by which Strapi leaves out actions that do not exist. */
const OWN_HOOK = 'before-format::validate.permission';

/** The functions that decide on permissions. */
const FUNCTIONS = ['generateAbility', 'createRegisterFunction'] as const;

/** Returns the engine of the content API. */
export function engineOf(strapi: Strapi): AbilityEngine {
  // Strapi types the permissions; the plugin passes on what it does not know.
  return strapi.contentAPI.permissions.engine as unknown as AbilityEngine;
}

/** Returns Strapi's own engine; `null` where it has been changed, or its package is not found. */
export function ownEngineOf(strapi: Strapi): OwnEngine | null {
  const engine = engineOf(strapi);
  // The package has no types of its own.
  const found = loaderOfCore(strapi)('@strapi/permissions') as PermissionsPackage | undefined;
  if (!found || !isUnchanged(engine, found)) return null;
  const { createRegisterFunction } = engine;
  const [ownHandler] = handlersOf(engine, OWN_HOOK);

  return {
    decidesAlone() {
      if (engine.createRegisterFunction !== createRegisterFunction) return false;
      return Object.keys(engine.hooks ?? {}).every((name) => {
        const handlers = handlersOf(engine, name);
        if (name !== OWN_HOOK) return handlers.length === 0;
        return handlers.length === 1 && handlers[0] === ownHandler;
      });
    },

    permittedBy(ability) {
      const { rules } = ability as { rules?: unknown };
      if (!Array.isArray(rules)) return null;
      const actions = (rules as unknown[]).map(actionOfRule);
      return actions.every((action) => action !== null) ? actions : null;
    },

    build(actions) {
      const builder = found.engine.abilities.caslAbilityBuilder();
      for (const action of actions) builder.can({ action });
      return builder.build();
    },
  };
}

/** An app may have replaced a function before the plugin starts; its code differs from Strapi's. */
function isUnchanged(engine: AbilityEngine, found: PermissionsPackage): boolean {
  try {
    const fresh = found.engine.new({ providers: {} });
    return FUNCTIONS.every((name) => String(engine[name]) === String(fresh[name]));
  } catch {
    return false;
  }
}

function handlersOf({ hooks }: AbilityEngine, name: string): unknown[] {
  // What a hook without handlers would do is not known; one handler that is nobody's stands for it.
  return hooks?.[name]?.getHandlers?.() ?? [undefined];
}

/** Returns the action of a rule that permits it for everything; `null` for any other rule. */
function actionOfRule(rule: unknown): string | null {
  if (typeof rule !== 'object' || rule === null) return null;
  const { action, subject, ...others } = rule as Record<string, unknown>;
  const isPlain = Object.keys(others).length === 0 && subject === 'all';
  return isPlain && typeof action === 'string' ? action : null;
}
