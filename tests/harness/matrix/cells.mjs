/** The values that a cell has unless it names others. */
const USUAL = { database: 'sqlite', bundler: 'vite', language: 'javascript' };

/**
 * The versions with which the plugin is tested. A cell names a major version of Node and a version of Strapi, and what
 * is unusual about it: the database, the bundler of the admin, the language of the app. `corner`
 * cells are part of `npm test`, beside Node 20 with Strapi 5.54.0, on which all other suites run.
 */
export const CELLS = [
  { node: 18, strapi: '5.0.0' },
  { node: 18, strapi: '5.30.1', corner: true },
  { node: 20, strapi: '5.0.0' },
  { node: 20, strapi: '5.24.1' },
  { node: 20, strapi: '5.33.3' },
  { node: 20, strapi: '5.50.2' },
  { node: 20, strapi: '5.54.0' },
  { node: 20, strapi: '5.54.0', bundler: 'webpack' },
  { node: 20, strapi: '5.54.0', language: 'typescript' },
  { node: 20, strapi: '5.54.0', database: 'postgres' },
  { node: 20, strapi: '5.54.0', database: 'mysql' },
  { node: 22, strapi: '5.24.1' },
  { node: 22, strapi: '5.54.0', corner: true },
  { node: 24, strapi: '5.54.0' },
  { node: 26, strapi: '5.54.0' },
].map((cell) => ({ ...USUAL, ...cell }));

/** The Node on which a Strapi is tried that is newer than those of the cells. */
const CANARY_NODE = 22;

/** Returns the cell that tries the newest Strapi; `null` where another cell does. */
export function canaryCell(strapi) {
  const isTried = CELLS.some((cell) => cell.strapi === strapi);
  return isTried ? null : { ...USUAL, node: CANARY_NODE, strapi, canary: true };
}

/** Names of values as people write them. */
const NAMES = {
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
  mysql: 'MariaDB',
  vite: 'Vite',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
};

/** From this minor version of Strapi 5 on, users-permissions can issue refresh tokens. */
const REFRESH_TOKENS_SINCE = 24;

/** Returns the database, the bundler and the language of a cell as people read them. */
export function traitsOf({ database, bundler, language }) {
  return [database, bundler, language].map((trait) => NAMES[trait] ?? trait);
}

/** Names a cell as people read it. */
export function nameOf(cell) {
  return [`Node ${cell.node}`, `Strapi ${cell.strapi}`, ...traitsOf(cell)].join(', ');
}

/** Tells whether a word is one of a cell's values: `18`, `5.30.1`, `webpack`. */
export function isOf(cell, word) {
  const { node, strapi, database, bundler, language, canary } = cell;
  const words = [String(node), strapi, database, bundler, language, ...(canary ? ['canary'] : [])];
  return words.includes(word);
}

/** Returns the JWT modes that a cell's version of Strapi has. */
export function modesOf({ strapi }) {
  const minor = Number(strapi.split('.')[1]);
  return minor >= REFRESH_TOKENS_SINCE ? ['legacy-support', 'refresh'] : ['legacy-support'];
}
