/** The types that apps and front ends may import: `strapi-plugin-magic-sessionmanager/types`. */
export type * from './contracts';
export type * from './options';
