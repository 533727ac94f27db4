/**
 * What the plugin is run with. A cell names a major version of Node and a version of Strapi; by
 * default it is on SQLite and has its admin built by Vite. `corner` cells are part of `npm test`,
 * beside Node 20 with Strapi 5.54.0, on which all other suites run.
 */
export const CELLS = [
  { node: 18, strapi: '5.0.0' },
  { node: 18, strapi: '5.30.1', corner: true },
  { node: 20, strapi: '5.0.0' },
  { node: 20, strapi: '5.24.1' },
  { node: 20, strapi: '5.33.3' },
  { node: 20, strapi: '5.50.2' },
  { node: 20, strapi: '5.54.0', bundler: 'webpack' },
  { node: 20, strapi: '5.54.0' },
  { node: 22, strapi: '5.24.1' },
  { node: 22, strapi: '5.54.0' },
  { node: 24, strapi: '5.54.0' },
];

/** From this minor version of Strapi 5 on, users-permissions can issue refresh tokens. */
const REFRESH_TOKENS_SINCE = 24;

/** Names a cell as people read it. */
export function nameOf({ node, strapi, bundler = 'vite' }) {
  return `Node ${node}, Strapi ${strapi}, ${bundler}`;
}

/** Gives the JWT modes that a cell's version of Strapi has. */
export function modesOf({ strapi }) {
  const minor = Number(strapi.split('.')[1]);
  return minor >= REFRESH_TOKENS_SINCE ? ['legacy-support', 'refresh'] : ['legacy-support'];
}
