import type { Strapi } from '../../strapi';

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_557_600_000,
};

/** The durations that `jsonwebtoken` reads, such as `30d`, `12 hours` and `120`. */
const DURATION = /^(\d*\.?\d+) *(ms|milli|msec|s|m(?!s)|h|d|w|y)?[a-z]*$/i;

/** The lifespan of access tokens that Strapi uses by default. */
const DEFAULT_ACCESS_SECONDS = 600;

/** The lifespans of tokens in the configuration of users-permissions. */
interface TokenConfiguration {
  jwtManagement?: string;
  jwt?: { expiresIn?: unknown };
  sessions?: { accessTokenLifespan?: number; maxRefreshTokenLifespan?: number };
}

/**
 * Returns how long the tokens of a login can be used, by the configuration of users-permissions, in
 * milliseconds; `null` if it does not say so.
 */
export function tokenLifetimeOf(strapi: Strapi): number | null {
  const configured = strapi.config.get<TokenConfiguration>('plugin::users-permissions', {});
  if (configured.jwtManagement !== 'refresh') return durationOf(configured.jwt?.expiresIn);
  const { accessTokenLifespan = 0, maxRefreshTokenLifespan = 0 } = configured.sessions ?? {};
  return Math.max(accessTokenLifespan, maxRefreshTokenLifespan) * 1000;
}

/** Returns how long an access token of the session manager lives, in milliseconds. */
export function accessLifetimeOf(strapi: Strapi): number {
  const { sessions } = strapi.config.get<TokenConfiguration>('plugin::users-permissions', {});
  return (sessions?.accessTokenLifespan ?? DEFAULT_ACCESS_SECONDS) * 1000;
}

/** Reads a duration as `jsonwebtoken` does: a number has seconds, a text without a unit milliseconds. */
function durationOf(expiresIn: unknown): number | null {
  if (typeof expiresIn === 'number') return expiresIn * 1000;
  const [, amount, unit = 'ms'] = (typeof expiresIn === 'string' && DURATION.exec(expiresIn)) || [];
  if (amount === undefined) return null;
  const name = unit.toLowerCase();
  return Number(amount) * (UNITS_MS[name] ?? 1);
}
