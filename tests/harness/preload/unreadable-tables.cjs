'use strict';

/** Loaded into a Strapi of a test before everything else: the tables of networks cannot be read. */
const fs = require('node:fs');

const { readFileSync } = fs;
fs.readFileSync = (file, ...others) => {
  if (String(file).endsWith('countries.bin')) throw new Error('EIO: i/o error, read');
  return readFileSync(file, ...others);
};
