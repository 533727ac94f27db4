import { STRAPI_SESSION_MODEL, USER_MODEL, USERS_ORIGIN, type Strapi } from '../../strapi';
import { pointOf } from '../database-events';
import { authControllerOf } from '../tokens/auth-callback';
import { inRefreshMode, jwtServiceOf } from '../tokens/jwt-service';
import { promiseWithFields } from '../tokens/promise-with-fields';
import { authenticationOf } from '../users/authenticated-user';
import { userServiceOf } from '../users/user-service';
import { webhookRunnerOf } from '../webhooks';
import { SEAMS, type SeamName } from './names';
import { passOn, runTrial, stopHere, type Answers } from './trial';
import {
  createTrialRequest,
  TRIAL_EVENT,
  TRIAL_PASSWORD,
  TRIAL_TOKEN,
  TRIAL_USER_ID,
} from './trial-request';
import { isWrapperInPlace } from './wrapped-functions';

/** A wrapped function that Strapi does not seem to call any more. */
export interface Unproven {
  seam: SeamName;
  /** Why the trial ended early, if it did. */
  failure: string | null;
}

/** Strapi's session manager as its own code calls it. */
interface OriginSessionManager {
  generateRefreshToken(userId: string, deviceId: string, options: object): Promise<unknown>;
  rotateRefreshToken(token: string): Promise<unknown>;
  generateAccessToken(token: string): Promise<unknown>;
  invalidateRefreshToken(userId: string, deviceId: string): Promise<unknown>;
}

/** The writes of Strapi's query engine. */
const WRITES = ['Create', 'CreateMany', 'Update', 'UpdateMany', 'Delete', 'DeleteMany'];

/** Keeps Strapi from writing to its session table if a trial does not reach the plugin. */
const NO_WRITES: Answers = Object.fromEntries(
  WRITES.map((write) => [pointOf(`before${write}`, STRAPI_SESSION_MODEL), stopHere]),
);

const TRIAL_DEVICE = 'trial';

/** The payload of the token of the trial; an app may read it without waiting for it. */
const TRIAL_PAYLOAD = { id: TRIAL_USER_ID };

/** A webhook without an address, which Strapi could not call. */
const TRIAL_WEBHOOK = {};

/**
 * Finds the wrapped functions past which Strapi or an app now calls.
 *
 * A wrapper is proven if it is where Strapi looks the function up, or if a trial reaches it, for an
 * app may wrap it once more. The trials reach the plugin before anything is written.
 */
export async function findUnproven(strapi: Strapi): Promise<Unproven[]> {
  try {
    return await proveAll(strapi);
  } catch (error) {
    // A trial itself could not be made; nothing is proven by that.
    return Object.values(SEAMS).map((seam) => ({ seam, failure: String(error) }));
  }
}

async function proveAll(strapi: Strapi): Promise<Unproven[]> {
  const database = await proveDatabase(strapi);
  // The other trials rely on it to keep Strapi from writing.
  if (database) return [database];
  const proofs = [
    ...(await proveRequests(strapi)),
    await proveInPlace(strapi, SEAMS.checkPassword, () =>
      userServiceOf(strapi).validatePassword(TRIAL_PASSWORD, TRIAL_PASSWORD),
    ),
    await proveInPlace(strapi, SEAMS.issue, () =>
      jwtServiceOf(strapi).issue({ id: TRIAL_USER_ID }),
    ),
    await proveInPlace(strapi, SEAMS.logIn, () =>
      authControllerOf(strapi).callback(createTrialRequest(strapi).ctx),
    ),
    await proveInPlace(strapi, SEAMS.webhooks, () =>
      webhookRunnerOf(strapi).run(TRIAL_WEBHOOK, TRIAL_EVENT),
    ),
    ...(inRefreshMode(strapi) ? await proveSessionManager(strapi) : []),
  ];
  return proofs.filter((unproven) => unproven !== null);
}

/** Proves that Strapi's query engine tells of a read and of a write of users. */
async function proveDatabase(strapi: Strapi): Promise<Unproven | null> {
  const where = { id: TRIAL_USER_ID };
  const users = strapi.db.query(USER_MODEL);
  const read = await proveByTrial(strapi, SEAMS.database, () => users.findOne({ where }), {
    [pointOf('beforeFindOne', USER_MODEL)]: stopHere,
  });
  if (read) return read;
  return await proveByTrial(
    strapi,
    SEAMS.database,
    () => users.update({ where, data: { blocked: true } }),
    { [pointOf('beforeUpdate', USER_MODEL)]: stopHere },
  );
}

/** Proves that the strategy of users-permissions verifies a token and reads its user by the plugin. */
async function proveRequests(strapi: Strapi): Promise<(Unproven | null)[]> {
  const { ctx, wasTokenRead } = createTrialRequest(strapi);
  const { reached, failure } = await runTrial(
    {
      ...NO_WRITES,
      [SEAMS.authenticate]: passOn,
      [SEAMS.verify]: () => promiseWithFields(TRIAL_PAYLOAD, Promise.resolve(TRIAL_PAYLOAD)),
      [SEAMS.readUser]: stopHere,
    },
    () =>
      strapi.requestContext.run(ctx, async () => {
        await authenticationOf(strapi).authenticate(ctx, () => Promise.resolve());
      }),
  );
  const missed = (seam: SeamName): Unproven | null =>
    reached.has(seam) ? null : { seam, failure };
  // An app may read tokens elsewhere than in the header, for instance in a cookie.
  const verified = wasTokenRead()
    ? missed(SEAMS.verify)
    : await proveInPlace(strapi, SEAMS.verify, () => jwtServiceOf(strapi).verify(TRIAL_TOKEN));
  const read = reached.has(SEAMS.verify)
    ? missed(SEAMS.readUser)
    : await proveInPlace(strapi, SEAMS.readUser, () =>
        userServiceOf(strapi).fetchAuthenticatedUser(TRIAL_USER_ID),
      );
  return [missed(SEAMS.authenticate), verified, read];
}

/** Proves that Strapi issues and deletes refresh tokens by the plugin. */
async function proveSessionManager(strapi: Strapi): Promise<(Unproven | null)[]> {
  // Strapi before 5.24 has no session manager, whatever its configuration says.
  const manager = (): OriginSessionManager => strapi.sessionManager(USERS_ORIGIN);
  const userId = String(TRIAL_USER_ID);
  return [
    await proveByTrial(strapi, SEAMS.issueRefresh, () =>
      manager().generateRefreshToken(userId, TRIAL_DEVICE, { type: 'refresh' }),
    ),
    await proveByTrial(strapi, SEAMS.rotate, () => manager().rotateRefreshToken(TRIAL_TOKEN)),
    await proveByTrial(strapi, SEAMS.issueAccess, () => manager().generateAccessToken(TRIAL_TOKEN)),
    await proveByTrial(
      strapi,
      SEAMS.logOut,
      () => manager().invalidateRefreshToken(userId, TRIAL_DEVICE),
      { [pointOf('beforeDeleteMany', STRAPI_SESSION_MODEL)]: stopHere },
    ),
  ];
}

/** Proves a wrapper by its place, else by a trial: an app may have wrapped it once more. */
async function proveInPlace(
  strapi: Strapi,
  seam: SeamName,
  call: () => unknown,
): Promise<Unproven | null> {
  if (isWrapperInPlace(strapi, seam)) return null;
  // In refresh mode an app's own `jwt.issue` may call the session manager.
  const isIssue = seam === SEAMS.issue && inRefreshMode(strapi);
  const others: Answers = isIssue ? { [SEAMS.issueRefresh]: stopHere } : {};
  return await proveByTrial(strapi, seam, call, { [seam]: stopHere, ...others });
}

/** Proves a wrapper by a trial that has to reach one of the points. */
async function proveByTrial(
  strapi: Strapi,
  seam: SeamName,
  call: () => unknown,
  points: Answers = { [seam]: stopHere },
): Promise<Unproven | null> {
  const { ctx } = createTrialRequest(strapi);
  const { reached, failure } = await runTrial({ ...NO_WRITES, ...points }, () =>
    strapi.requestContext.run(ctx, async () => {
      await call();
    }),
  );
  return Object.keys(points).some((point) => reached.has(point)) ? null : { seam, failure };
}
