'use strict';

/**
 * Reads the options of the session manager from `MAGIC_CONFIG`; the text `$NaN` stands for NaN,
 * which JSON cannot write. Unset, the plugin is not mentioned at all and runs with its defaults.
 */
function magicOptions(env) {
  const text = env('MAGIC_CONFIG');
  if (text === undefined) return undefined;
  return JSON.parse(text, (_name, value) => (value === '$NaN' ? Number.NaN : value));
}

module.exports = ({ env }) => {
  const options = magicOptions(env);
  const enabled = env.bool('MAGIC_ENABLED', true);
  // Only for tests: what version 4 of the plugin left in a database.
  const version4 = env.bool('TEST_VERSION_4', false) && {
    'magic-sessionmanager': { enabled: true, resolve: './src/plugins/version-4' },
  };
  const magic = version4
    ? version4
    : options === undefined && enabled
      ? {}
      : { 'magic-sessionmanager': { enabled, ...(options && { config: options }) } };
  // Only for tests: plugins that issue tokens as others for magic links and refresh tokens do.
  const issuers = env.bool('TEST_ROUTES', false)
    ? {
        'magic-link': { enabled: true, resolve: './src/plugins/magic-link' },
        'refresh-token': { enabled: true, resolve: './src/plugins/refresh-token' },
      }
    : {};
  const others = {
    graphql: { enabled: env.bool('GRAPHQL', false) },
    ...issuers,
    'users-permissions': {
      config: {
        jwtSecret: env('JWT_SECRET'),
        jwtManagement: env('UP_JWT_MANAGEMENT', 'refresh'),
        jwt: { expiresIn: env('UP_JWT_EXPIRES_IN', '30d') },
        sessions: {
          accessTokenLifespan: env.int('UP_ACCESS_TOKEN_SECONDS', 600),
          idleRefreshTokenLifespan: env.int('UP_REFRESH_TOKEN_SECONDS', 14 * 24 * 3600),
          maxRefreshTokenLifespan: env.int('UP_REFRESH_FAMILY_SECONDS', 30 * 24 * 3600),
          httpOnly: env.bool('UP_REFRESH_COOKIE', false),
          cookie: { secure: false, ...JSON.parse(env('UP_COOKIE', '{}')) },
        },
        ratelimit: { enabled: env.bool('RATE_LIMIT', true) },
      },
    },
  };
  // Strapi starts plugins in this order.
  return env.bool('MAGIC_LAST', false) ? { ...others, ...magic } : { ...magic, ...others };
};
