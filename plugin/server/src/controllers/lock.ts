import type { AddressLocksResponse, LocksResponse } from '../../../shared/contracts';
import { servicesOf } from '../compose';
import { usersById } from '../services/views/users';
import { USER_MODEL, type Strapi } from '../strapi';
import { bodyOf, checked } from './parsing/checked';
import { BadParameter, userIdFrom } from './parsing/parameters';

const ADDRESS = 'an IPv4 or IPv6 address outside of the trusted networks';
const NO_SUCH_USER = 'There is no user with this id';

/** Serves the administrators' API of locks. */
export default function lockController({ strapi }: { strapi: Strapi }) {
  async function exists(userId: number): Promise<boolean> {
    const where = { id: userId };
    return (await strapi.db.query(USER_MODEL).findOne({ select: ['id'], where })) !== null;
  }

  return {
    find: checked(async (): Promise<LocksResponse> => {
      const locks = await servicesOf(strapi).loginProtection.locks.list();
      const userOf = await usersById(
        strapi,
        locks.map(({ userId }) => userId),
      );
      return { data: locks.map((lock) => ({ ...lock, user: userOf(lock.userId) })) };
    }),

    findAddresses: checked(async (): Promise<AddressLocksResponse> => {
      return { data: await servicesOf(strapi).loginProtection.addressLocks.list() };
    }),

    liftAddress: checked(async (ctx): Promise<AddressLocksResponse> => {
      const { ip } = bodyOf(ctx);
      const { loginProtection, journal } = servicesOf(strapi);
      const isLifted = typeof ip === 'string' && (await loginProtection.addressLocks.lift(ip));
      if (!isLifted) throw new BadParameter('ip', ADDRESS);
      journal.publish('login.unlocked', { user: null, how: 'address-lifted' });
      return { data: [] };
    }),

    lift: checked(async (ctx): Promise<LocksResponse | undefined> => {
      const userId = userIdFrom(ctx.params.userId, 'userId');
      if (!(await exists(userId))) {
        ctx.notFound(NO_SUCH_USER);
        return undefined;
      }
      const { loginProtection, journal } = servicesOf(strapi);
      await loginProtection.locks.lift(userId);
      journal.publish('login.unlocked', { user: { id: userId }, how: 'lifted' });
      return { data: [] };
    }),

    openPlace: checked(async (ctx): Promise<LocksResponse | undefined> => {
      const userId = userIdFrom(ctx.params.userId, 'userId');
      const { ip } = bodyOf(ctx);
      if (!(await exists(userId))) {
        ctx.notFound(NO_SUCH_USER);
        return undefined;
      }
      const { loginProtection, journal } = servicesOf(strapi);
      const isOpen = typeof ip === 'string' && (await loginProtection.locks.openPlace(userId, ip));
      if (!isOpen) throw new BadParameter('ip', ADDRESS);
      journal.publish('login.unlocked', { user: { id: userId }, how: 'place-opened' });
      return { data: [] };
    }),
  };
}
