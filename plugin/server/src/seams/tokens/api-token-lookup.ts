import { verifyEarly } from '../../services/requests/early-verification';
import { usesDefaultStrategies } from '../../services/requests/matched-route';
import { currentRequest, type Strapi } from '../../strapi';
import type { SeamParts } from '../parts';
import { wrapOnce } from '../wrap-once';
import { jwtServiceOf } from './jwt-service';
import type { VerifyCalls } from './verify';

/** The used part of Strapi's services of API tokens; the look-up has two names. */
interface ApiTokenService {
  hash(token: string): string;
  getBy?(where?: { accessKey?: unknown }, ...others: unknown[]): Promise<unknown>;
  getByAccessKey?(hash: unknown, ...others: unknown[]): Promise<unknown>;
}

/** The services of Strapi 5.54 and of 5.0. */
const SERVICES = ['admin::api-token-content-api', 'admin::api-token'] as const;

/** Three parts, the first of which begins with `{"` in base64url. */
const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Skips the look-up of users' tokens among the API tokens, with which Strapi begins each request.
 *
 * It answers "none" for a bearer token that `jwt.verify` has accepted as a user's in this request.
 * Strategies, their order, and every other token stay Strapi's. Where Strapi has no such service,
 * nothing is skipped, nor before Strapi has once asked `jwt.verify` with the token alone.
 */
export function skipApiTokenLookup(
  { strapi, requestStates }: SeamParts,
  verifyCalls: VerifyCalls,
): void {
  async function isUsersToken(hash: unknown): Promise<boolean> {
    const state = requestStates.current();
    const authentication = state?.authentication;
    if (!state || !authentication?.hashed) return false;
    const { text } = authentication.hashed;
    if (authentication.hashed.hash !== hash) return false;
    if (!verifyCalls.takeTokenAlone || !JWT.test(text)) return false;
    if (!usesDefaultStrategies(currentRequest(strapi))) return false;
    const verify = (token: string): unknown => jwtServiceOf(strapi).verify(token);
    const known = authentication.verification;
    const verification = known?.token === text ? known : await verifyEarly(state, text, verify);
    authentication.verification = verification;
    return verification.isAccepted;
  }

  for (const name of SERVICES) {
    const service = serviceOf(strapi, name);
    if (!service) continue;
    wrapOnce(service, 'hash', (hash) => (text) => {
      const hashed = { text, hash: hash(text) };
      const authentication = requestStates.current()?.authentication;
      if (authentication) authentication.hashed = hashed;
      return hashed.hash;
    });
    wrapOnce(service, 'getByAccessKey', (find) => async (hash, ...others) => {
      if (await isUsersToken(hash)) return null;
      return await find?.(hash, ...others);
    });
    wrapOnce(service, 'getBy', (find) => async (where, ...others) => {
      if (await isUsersToken(where?.accessKey)) return null;
      return await find?.(where, ...others);
    });
  }
}

function serviceOf(strapi: Strapi, name: (typeof SERVICES)[number]): ApiTokenService | undefined {
  // Strapi types its services as always there; the names differ between versions.
  const service = strapi.service(name) as ApiTokenService | undefined;
  return typeof service?.hash === 'function' ? service : undefined;
}
