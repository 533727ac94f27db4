import type { LocksResponse } from '../../../shared/contracts';
import { servicesOf } from '../compose';
import { usersOf } from '../services/views/users';
import type { Strapi } from '../strapi';
import { bodyOf, checked } from './parsing/checked';
import { BadParameter, userIdFrom } from './parsing/parameters';

/** Serves the administrators' API of locks. */
export default function lockController({ strapi }: { strapi: Strapi }) {
  return {
    find: checked(async (): Promise<LocksResponse> => {
      const locks = await servicesOf(strapi).loginProtection.locks.list();
      const userOf = await usersOf(
        strapi,
        locks.map(({ userId }) => userId),
      );
      return { data: locks.map((lock) => ({ ...lock, user: userOf(lock.userId) })) };
    }),

    lift: checked(async (ctx): Promise<LocksResponse> => {
      const userId = userIdFrom(ctx.params.userId, 'userId');
      const { loginProtection, journal } = servicesOf(strapi);
      await loginProtection.locks.lift(userId);
      journal.publish('login.unlocked', { user: { id: userId }, how: 'lifted' });
      return { data: [] };
    }),

    openPlace: checked(async (ctx): Promise<LocksResponse> => {
      const userId = userIdFrom(ctx.params.userId, 'userId');
      const { ip } = bodyOf(ctx);
      const { loginProtection, journal } = servicesOf(strapi);
      const isOpen = typeof ip === 'string' && (await loginProtection.locks.openPlace(userId, ip));
      if (!isOpen) throw new BadParameter('ip', 'an IPv4 or IPv6 address');
      journal.publish('login.unlocked', { user: { id: userId }, how: 'place-opened' });
      return { data: [] };
    }),
  };
}
