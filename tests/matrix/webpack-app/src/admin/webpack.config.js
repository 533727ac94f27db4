'use strict';

/**
 * What today's packages of Strapi's own need to be built by webpack, with or without the plugin: syntax newer than
 * Strapi's loader takes, and modules of Node's that are called in no browser.
 */
module.exports = (config) => {
  config.output.environment = { ...config.output.environment, dynamicImport: true, module: true };
  config.resolve.fallback = { ...config.resolve.fallback, path: false, util: false };
  for (const { options } of config.module.rules.flatMap(loadersOf)) options.target = 'esnext';
  return config;
};

/** Gives the uses of esbuild's loader by a rule. */
function loadersOf(rule) {
  return [rule, rule.use ?? []].flat().filter(({ loader }) => loader?.includes('esbuild'));
}
