import type { Core } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { KnownPlace, LoginStore } from '../../stores/database/login-store';
import type { RequestContext } from '../../strapi';
import type { RequestFacts } from '../requests/login-facts';
import type { RequestState, RequestStates } from '../requests/request-state';

/** The places of requests: networks, and browsers with a device cookie. */
export interface KnownPlaces {
  /** Returns the fingerprints of the places of a request, the most certain one first. */
  placesOf(ctx: RequestContext | undefined): string[];
  /** Returns the fingerprint of the place of an address; `null` if it is none. */
  placeOf(ip: string): string | null;
  /**
   * Records that a user has logged in at the places of the current request.
   *
   * Only a login that proves who the user is makes a place known: by a password, a provider, a code
   * or link of a mail, or a registration. A request with the user's own token is left out, and so is
   * other code that issues tokens, because a thief's place must not become known.
   */
  loggedIn(userId: number, method: string): Promise<void>;
  /** Makes the place of an address known to a user. */
  open(userId: number, place: string): Promise<void>;
}

/** Dependencies of {@link createKnownPlaces}. */
export interface KnownPlacesParts {
  core: Pick<Core, 'clientOf' | 'fingerprint' | 'newSessionId'>;
  store: LoginStore;
  facts: RequestFacts;
  requestStates: RequestStates;
  /** Tells whether users-permissions keeps refresh tokens in cookies. */
  usesCookies: (ctx: RequestContext) => boolean;
  request: () => RequestContext | undefined;
  /** Hears of each user whose attempts may be allowed now. */
  changed: (userId: number) => void;
}

/**
 * The cookie that tells a browser, as the device cookies of OWASP do. It is no secret of a session:
 * it only moves the user's own failures from the network to the browser.
 */
export const DEVICE_COOKIE = 'magic_session_device';

/** The lifetime of the cookie; a place is known for as long. */
export const DEVICE_COOKIE_DAYS = 90;

/** The ways to get a token that do not prove who the user is, or by the user's own token alone. */
const UNPROVEN: ReadonlySet<string> = new Set(['api', 'password-change']);

/** A login at a known place is recorded at most this often, in milliseconds. */
const RECORD_EVERY_MS = 24 * 60 * 60 * 1000;

/** Creates the places; the database keeps fingerprints under the app's key. */
export function createKnownPlaces(parts: KnownPlacesParts): KnownPlaces {
  const { core, store, facts, requestStates, usesCookies, request, changed } = parts;

  const networkPlace = (network: string): string => `n${core.fingerprint(`place ${network}`)}`;

  const signed = (device: string): string =>
    `${device}.${core.fingerprint(`device cookie ${device}`)}`;

  /** Returns the fingerprint of the browser that a cookie names, if the cookie is the plugin's own. */
  function devicePlace(ctx: RequestContext | undefined): string | null {
    const cookie = ctx?.cookies.get(DEVICE_COOKIE, { signed: false });
    const [device = ''] = cookie?.split('.') ?? [];
    return cookie !== undefined && cookie === signed(device) ? placeOfDevice(device) : null;
  }

  const placeOfDevice = (device: string): string => `d${core.fingerprint(`device ${device}`)}`;

  function placesOf(ctx: RequestContext | undefined): string[] {
    const network = facts.clientOf(ctx).place;
    return [devicePlace(ctx), network === null ? null : networkPlace(network)].filter(
      (place) => place !== null,
    );
  }

  /** Returns which of the places the user is known at, as the request has read it already. */
  async function knownOf(
    userId: number,
    places: readonly string[],
    { knownPlaces }: RequestState,
  ): Promise<readonly KnownPlace[]> {
    const read = knownPlaces.get(userId);
    return read ?? (await store.read(userId, places, 0)).known;
  }

  async function remember(userId: number, place: string): Promise<void> {
    await store.remember(userId, { place, lastLoginAtMs: nowMs() });
    changed(userId);
  }

  return {
    placesOf,

    placeOf(ip) {
      const { place } = core.clientOf(ip, '');
      return place === null ? null : networkPlace(place);
    },

    async loggedIn(userId, method) {
      const ctx = request();
      const state = requestStates.current();
      if (!ctx || !state || UNPROVEN.has(method)) return;
      if (state.session?.userId === userId && !state.provenUsers.has(userId)) return;
      const places = placesOf(ctx);
      if (usesCookies(ctx) && devicePlace(ctx) === null) {
        const device = core.newSessionId();
        state.deviceCookie = signed(device);
        places.push(placeOfDevice(device));
      }
      const known = await knownOf(userId, places, state);
      const freshSinceMs = nowMs() - RECORD_EVERY_MS;
      for (const place of places) {
        const isFresh = known.some(
          (other) => other.place === place && other.lastLoginAtMs > freshSinceMs,
        );
        if (!isFresh) await remember(userId, place);
      }
    },

    open: remember,
  };
}
