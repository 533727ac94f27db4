'use strict';

const { inExtension } = require('../../extend-jwt');

module.exports = (plugin) => {
  inExtension?.(plugin);
  return plugin;
};
