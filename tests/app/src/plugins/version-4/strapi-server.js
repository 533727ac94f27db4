'use strict';

/** Strapi writes into attributes, so each has an object of its own. */
const of = (type) => ({ type });

/** The content type of version 4, whose rows a test writes itself. */
const session = {
  schema: {
    kind: 'collectionType',
    collectionName: 'magic_sessions',
    info: { singularName: 'session', pluralName: 'sessions', displayName: 'Session' },
    options: { draftAndPublish: false },
    attributes: {
      sessionId: of('string'),
      user: {
        type: 'relation',
        relation: 'manyToOne',
        target: 'plugin::users-permissions.user',
      },
      ipAddress: of('string'),
      userAgent: of('text'),
      token: of('text'),
      tokenHash: of('string'),
      refreshToken: of('text'),
      refreshTokenHash: of('string'),
      loginTime: of('datetime'),
      logoutTime: of('datetime'),
      lastActive: of('datetime'),
      isActive: of('boolean'),
      terminatedManually: of('boolean'),
      terminationReason: of('string'),
      geoLocation: { type: 'json' },
      securityScore: { type: 'integer' },
      deviceType: of('string'),
      browserName: of('string'),
      osName: of('string'),
    },
  },
};

/** Only for tests: `POST /api/magic-sessionmanager/version-4` writes rows as version 4 did. */
module.exports = {
  register() {},
  bootstrap() {},
  destroy() {},
  config: { default: {}, validator() {} },
  contentTypes: { session },
  controllers: {
    row: {
      async write(ctx) {
        const uid = 'plugin::magic-sessionmanager.session';
        for (const data of ctx.request.body.rows) await strapi.db.query(uid).create({ data });
        ctx.body = {};
      },
    },
  },
  routes: {
    'content-api': {
      type: 'content-api',
      routes: [
        { method: 'POST', path: '/version-4', handler: 'row.write', config: { auth: false } },
      ],
    },
  },
};
