'use strict';

const { createStrapi } = require('@strapi/strapi');

// What `strapi start` does, without first loading every other command.
createStrapi({ appDir: __dirname, distDir: __dirname }).start();
