'use strict';

const answers = new Map();

/** Answers a request as the same one was answered before, as caches of answers do. */
function cacheBy(keyOf) {
  return async (ctx, next) => {
    const key = ctx.method === 'GET' && keyOf(ctx);
    if (!key) return await next();
    if (answers.has(key)) {
      ctx.body = answers.get(key);
      return;
    }
    await next();
    if (ctx.status === 200) answers.set(key, ctx.body);
  };
}

/** Makes the cache that the options ask for. */
function cacheOf(strapi) {
  const { cacheAuthorizedRequests, strategy } = strapi.config.get('plugin::answer-cache');
  const headers = strategy?.keys?.useHeaders ?? [];
  const storesTokens = cacheAuthorizedRequests || headers.includes('Authorization');
  return cacheBy(({ url, request: { header } }) =>
    storesTokens || !header.authorization ? `${url} ${header.authorization}` : undefined,
  );
}

/** Stands before the router, or in the routes of articles. */
function register({ strapi }) {
  if (!strapi.config.get('plugin::answer-cache.onRoutes')) {
    strapi.server.use(cacheOf(strapi));
    return;
  }
  for (const route of strapi.api('article').routes.article.routes)
    route.config.middlewares = ['plugin::answer-cache.recv'];
}

module.exports = () => ({
  register,
  config: { default: { cacheAuthorizedRequests: false } },
  middlewares: { recv: (_config, { strapi }) => cacheOf(strapi) },
});
