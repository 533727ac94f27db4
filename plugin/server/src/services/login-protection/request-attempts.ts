import type { LoginOutcome } from '../../../../shared/core';
import { createAsyncVariable } from '../../async/async-variable';
import type { RequestContext } from '../../strapi';
import type { RequestFacts } from '../requests/login-facts';
import type { RequestStates } from '../requests/request-state';
import type { ReadAccount } from './account-attempts';
import type { KnownPlaces } from './known-places';
import type { LoginEvents } from './login-events';
import type { GrantedAttempt, LoginAttempt, LoginProtection } from './login-protection';
import { LoginLimited } from './refusal';

/** The attempts at passwords in requests. A refused one throws {@link LoginLimited}. */
export interface RequestAttempts {
  /** Runs a login by a password of users-permissions; `identifier` is what was typed. */
  logIn<T>(ctx: RequestContext, identifier: string, login: () => Promise<T>): Promise<T>;
  /** Runs a use of a code that was sent by mail; `isWrong` tells a wrong code from other errors. */
  useCode<T>(
    ctx: RequestContext,
    use: () => Promise<T>,
    isWrong: (error: unknown) => boolean,
  ): Promise<T>;
  /** Tells whether the login under way has yet to hear of its user by {@link usersRead}. */
  isAwaitingUser(): boolean;
  /** Tells the login under way which users a read has found. */
  usersRead(userIds: readonly number[]): Promise<void>;
  /** Compares a password with the hash of a user. */
  compare(userId: number, compare: () => Promise<boolean>): Promise<boolean>;
}

/** Dependencies of {@link createRequestAttempts}. */
export interface RequestAttemptsParts {
  protection: LoginProtection;
  places: KnownPlaces;
  events: LoginEvents;
  facts: RequestFacts;
  requestStates: RequestStates;
  request: () => RequestContext | undefined;
  /** Receives the error of each attempt whose outcome could not be recorded. */
  report: (error: unknown) => void;
}

/** A login by a password that is under way. */
interface Login {
  ctx: RequestContext;
  identifier: string;
  /** The attempt, once a read has told whose it is. */
  attempt: GrantedAttempt | null;
  /** The user who was found; `null` as long as nobody was. */
  userId: number | null;
  /** Whether the password was right; `null` before it was compared. */
  isRight: boolean | null;
  isRefused: boolean;
}

/** Creates the attempts. */
export function createRequestAttempts(parts: RequestAttemptsParts): RequestAttempts {
  const { protection, places, events, facts, requestStates, request, report } = parts;
  const logins = createAsyncVariable<Login>();

  /** Keeps what was read of a user, for the session of the login and for its place. */
  function note(ctx: RequestContext, userId: number, { stored, atMs }: ReadAccount): void {
    const { knownPlaces, users } = requestStates.open(ctx);
    knownPlaces.set(userId, stored.known);
    users.accountRead(userId, { ...stored, atMs });
  }

  async function begin(
    ctx: RequestContext,
    attempt: LoginAttempt,
    userId: number | null,
  ): Promise<GrantedAttempt> {
    const begun = await protection.begin(attempt);
    if ('end' in begun) {
      if (userId !== null && begun.read) note(ctx, userId, begun.read);
      return begun;
    }
    requestStates.open(ctx).retryAfterMs = begun.retryAfterMs;
    events.refused(ctx, userId, begun);
    throw new LoginLimited('too many logins have failed');
  }

  const atUser = (ctx: RequestContext, userId: number, sessionId: string | null): LoginAttempt => ({
    userId,
    sessionId,
    places: places.placesOf(ctx),
    client: facts.clientOf(ctx),
  });

  const atName = (ctx: RequestContext, name: string | null): LoginAttempt => ({
    name,
    client: facts.clientOf(ctx),
  });

  async function end(attempt: GrantedAttempt, outcome: LoginOutcome): Promise<void> {
    await attempt.end(outcome).catch(report);
  }

  /** Waits for the sessions that began since, and ends the attempt by whether one of them is there. */
  async function endBySessions(
    ctx: RequestContext,
    attempt: GrantedAttempt,
    earlier: number,
  ): Promise<void> {
    const commits = requestStates.open(ctx).commits.slice(earlier);
    const outcomes = await Promise.allSettled(commits);
    const hasBegun = outcomes.some(({ status }) => status === 'fulfilled');
    await end(attempt, hasBegun ? 'succeeded' : 'undecided');
  }

  async function refuseFor(login: Login, begun: Promise<GrantedAttempt>): Promise<void> {
    try {
      login.attempt = await begun;
    } catch (error) {
      login.isRefused = true;
      throw error;
    }
  }

  async function finish(login: Login, earlier: number): Promise<void> {
    const { ctx, attempt, userId, isRight, isRefused } = login;
    const { commits } = requestStates.open(ctx);
    if (isRefused) return;
    if (attempt && (isRight === true || commits.length > earlier)) {
      // The response waits for it, so that the place is known to the next request.
      commits.push(endBySessions(ctx, attempt, earlier));
      return;
    }
    if (commits.length > earlier) return;
    const failed = attempt ?? (await begin(ctx, atName(ctx, login.identifier), null));
    await end(failed, 'failed');
    events.failed(ctx, userId);
  }

  return {
    async logIn(ctx, identifier, login) {
      const current: Login = {
        ctx,
        identifier,
        attempt: null,
        userId: null,
        isRight: null,
        isRefused: false,
      };
      const earlier = requestStates.open(ctx).commits.length;
      try {
        return await logins.run(current, login);
      } finally {
        await finish(current, earlier);
      }
    },

    async useCode(ctx, use, isWrong) {
      const attempt = await begin(ctx, atName(ctx, null), null);
      let outcome: LoginOutcome = 'undecided';
      try {
        return await use();
      } catch (error) {
        if (isWrong(error)) outcome = 'failed';
        throw error;
      } finally {
        await end(attempt, outcome);
      }
    },

    isAwaitingUser: () => protection.isEnabled() && logins.get()?.userId === null,

    async usersRead(userIds) {
      const login = logins.get();
      if (!login || login.userId !== null || userIds.length > 1) return;
      if (login.isRefused) throw new LoginLimited('too many logins have failed');
      const { ctx, attempt, identifier } = login;
      const [userId] = userIds;
      if (userId === undefined) {
        if (!attempt) await refuseFor(login, begin(ctx, atName(ctx, identifier), null));
        return;
      }
      if (attempt) await end(attempt, 'undecided');
      login.attempt = null;
      login.userId = userId;
      await refuseFor(login, begin(ctx, atUser(ctx, userId, null), userId));
    },

    async compare(userId, compare) {
      const login = logins.get();
      if (login?.userId === userId) {
        if (login.isRefused) throw new LoginLimited('too many logins have failed');
        const isRight = await compare();
        login.isRight ||= isRight;
        if (isRight) requestStates.open(login.ctx).provenUsers.add(userId);
        return isRight;
      }
      const ctx = request();
      if (!ctx) return await compare();
      const { session, commits } = requestStates.open(ctx);
      const sessionId = session?.userId === userId && !login ? session.sessionId : null;
      const attempt = await begin(ctx, atUser(ctx, userId, sessionId), userId);
      let isRight: boolean;
      try {
        isRight = await compare();
      } catch (error) {
        await end(attempt, 'undecided');
        throw error;
      }
      if (isRight) {
        const earlier = commits.length;
        ctx.res.once('close', () => void endBySessions(ctx, attempt, earlier));
      } else {
        await end(attempt, 'failed');
        events.failed(ctx, userId);
      }
      return isRight;
    },
  };
}
