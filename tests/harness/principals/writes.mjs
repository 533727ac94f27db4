import { PASSWORD } from '../clients/users.mjs';

const FIND = 'api::article.article.find';
const ME = 'plugin::users-permissions.user.me';
const UPDATE = 'plugin::users-permissions.user.update';

/** The actions of each role at its beginning. */
export const ACTIONS = [FIND, ME, UPDATE];

/** The ways of the test app in which code of an app changes a user. */
const WAYS = ['documents', 'query', 'queryMany', 'service', 'timer', 'committed', 'committedLate'];

/** The ways in which code of an app gives a role an action, or takes it away. */
const ROLE_WAYS = ['permission', 'permissionOfRole', 'permissionCommitted'];

const DELETIONS = ['deleteDocuments', 'deleteQuery', 'deleteQueryMany', 'deleteService'];

const account = (id, way, data = {}) => ({
  send: (instance) => instance.request('POST', `/api/account/${id}/${way}`, { body: data }),
});

/** Sends by a client whose methods throw where the answer is no success. */
const byAdmin = (act) => ({
  async send(instance) {
    try {
      await act(instance.admin);
      return { status: 200 };
    } catch (error) {
      const [, status] = /got (5\d\d)/.exec(error.message) ?? [];
      if (status === undefined) throw error;
      return { status: Number(status), text: error.message };
    }
  },
});

const anyField = (random, world) =>
  random.pick([{ username: world.nextName() }, { confirmed: random.below(2) === 0 }]);

/**
 * The writes that a sequence picks from, by name. Each returns how it is sent to an instance, and may say
 * that the user needs a new `token` afterwards, or that the world needs a new `user` or `role`.
 */
export const WRITES = {
  'a field of the user, by code of the app': (random, world) =>
    account(world.userId, random.pick(WAYS), anyField(random, world)),
  'a field of the user, rolled back': (random, world) =>
    account(world.userId, 'rolledBack', anyField(random, world)),
  'a field of the user, by an administrator': (random, world) => {
    const data = anyField(random, world);
    return byAdmin((admin) => admin.editUser(world.userId, data));
  },
  'a field of the user, by the user': (random, world) => {
    const options = { bearer: world.jwt, body: anyField(random, world) };
    const send = (instance) => instance.request('PUT', `/api/users/${world.userId}`, options);
    // The user may not be allowed to.
    return { send, mayBeRefused: true };
  },
  'the role of the user, by code of the app': (random, world) =>
    account(world.userId, random.pick(WAYS.filter((way) => way !== 'queryMany')), {
      role: random.pick(world.roleIds),
    }),
  'the role of the user, rolled back': (random, world) =>
    account(world.userId, 'rolledBack', { role: random.pick(world.roleIds) }),
  'the role of the user, by an administrator': (random, world) => {
    const roleId = random.pick(world.roleIds);
    return byAdmin((admin) => admin.giveRole(world.userId, roleId));
  },
  'the name of a role': (random, world) =>
    account(random.pick(world.roleIds), 'role', { name: world.nextName() }),
  'a permission, by code of the app': (random, world) =>
    account(random.pick(world.roleIds), random.pick(ROLE_WAYS), anyPermission(random)),
  'a permission, rolled back': (random, world) =>
    account(random.pick(world.roleIds), 'permissionRolledBack', anyPermission(random)),
  'a permission, by an administrator': (random, world) => {
    const roleId = random.pick(world.roleIds);
    const { action, on } = anyPermission(random);
    return byAdmin((admin) => (on ? admin.permit(roleId, action) : admin.withdraw(roleId, action)));
  },
  'the user is blocked or unblocked, by code of the app': (random, world) => ({
    ...account(world.userId, random.pick(WAYS), { blocked: random.below(2) === 0 }),
    needs: 'token',
  }),
  'the user is blocked or unblocked, by an administrator': (random, world) => {
    const blocked = random.below(2) === 0;
    return {
      send: (instance) => instance.admin.block(world.userId, blocked),
      needs: 'token',
    };
  },
  'the password': (random, world) => ({
    ...account(world.userId, 'service', { password: `${PASSWORD}${random.below(1000)}` }),
    needs: 'token',
  }),
  'the user is deleted, by code of the app': (random, world) => ({
    ...account(world.userId, random.pick(DELETIONS)),
    needs: 'user',
  }),
  'the user is deleted, by an administrator': (random, world) => ({
    ...byAdmin((admin) => admin.deleteUser(world.userId)),
    needs: 'user',
  }),
};

/** How often each write is picked, in shares of all; the other ones share the rest alike. */
const RARE = new Set([
  'a permission, by an administrator',
  'the user is deleted, by code of the app',
  'the user is deleted, by an administrator',
]);

const NAMES = Object.keys(WRITES).flatMap((name) =>
  RARE.has(name) ? [name] : Array(4).fill(name),
);

export const pickWrite = (random) => random.pick(NAMES);

function anyPermission(random) {
  return { action: random.pick([FIND, ME]), on: random.below(3) > 0 };
}

/** Statements past Strapi, by name. */
export const RAW_WRITES = {
  'a name': (random, { userId }) =>
    `UPDATE up_users SET username = 'raw-${userId}-${random.below(1_000_000)}' WHERE id = ${userId}`,
  'a block': (_random, { userId }) => `UPDATE up_users SET blocked = true WHERE id = ${userId}`,
  'a role': (_random, { userId, roleIds: [one, other] }) =>
    `UPDATE up_users_role_lnk SET role_id = ${one} + ${other} - role_id WHERE user_id = ${userId}`,
  'no permission': (_random, { roleIds }) =>
    `DELETE FROM up_permissions_role_lnk WHERE role_id IN (${roleIds.join()})`,
  'no user': (_random, { userId }) => `DELETE FROM up_users WHERE id = ${userId}`,
};
