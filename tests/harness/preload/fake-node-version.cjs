'use strict';

/** Loaded into a Strapi of a test before everything else: Node says that it is of another version. */
const node = process.env.TEST_NODE_VERSION;
Object.defineProperty(process, 'versions', { value: { ...process.versions, node } });
