'use strict';

module.exports = ({ env }) => ({
  'answer-cache': {
    enabled: true,
    resolve: './src/plugins/answer-cache',
    config: env.json('CACHE_OPTIONS', {}),
  },
});
