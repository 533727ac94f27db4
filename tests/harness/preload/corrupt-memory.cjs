'use strict';

/**
 * Loaded into a Strapi of a test before everything else: at SIGUSR2 the memory of the core's
 * newest instance is overwritten, as by a bug that writes where it should not.
 */
const { Instance } = WebAssembly;
let newest;

WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    if ('__wbindgen_start' in this.exports) newest = this;
  }
};

process.on('SIGUSR2', () => {
  new Uint8Array(newest.exports.memory.buffer).fill(0xff);
  console.log('the memory is corrupted');
});
