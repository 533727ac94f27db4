import type { Settings } from '../../../shared/core';
import { tokenLifetimeOf } from '../services/settings/token-lifetime';
import { PLUGIN_NAME, type Strapi } from '../strapi';

const DAY_MS = 86_400_000;

/** Logs a warning if tokens live longer than their sessions. */
export function warnOfTokenLifetime(strapi: Strapi, { absoluteTimeout }: Settings): void {
  const lifetimeMs = tokenLifetimeOf(strapi);
  if (absoluteTimeout === 'token' || lifetimeMs === null || lifetimeMs <= absoluteTimeout) return;
  strapi.log.warn(
    `${PLUGIN_NAME}: tokens live for ${inDays(lifetimeMs)}, but absoluteTimeout terminates their session after ${inDays(absoluteTimeout)}. Shorten the tokens, or set absoluteTimeout to 'token'.`,
  );
}

function inDays(ms: number): string {
  return `${Number((ms / DAY_MS).toFixed(2))} days`;
}
