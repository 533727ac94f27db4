'use strict';

module.exports = {
  /** Tells that the one who asks was let in. */
  show(ctx) {
    ctx.body = { letIn: true };
  },

  /** Changes what the request knows of who asks, as code of an app may do, and tells the changes. */
  change(ctx) {
    const { user, auth } = ctx.state;
    const action = 'api::article.article.create';
    const before = { username: user.username, role: user.role.name, can: auth.ability.can(action) };
    user.username = 'changed by the app';
    user.role.name = 'changed by the app';
    user.role.permissions = ['changed by the app'];
    auth.ability.update([{ action, subject: 'all' }]);
    const { ability } = auth;
    ctx.body = {
      before,
      after: { can: ability.can(action), cannot: ability.cannot(action) },
      find: { can: ability.can('api::article.article.find') },
      isSame: user === auth.credentials,
    };
  },
};
