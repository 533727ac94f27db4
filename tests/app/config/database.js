'use strict';

const path = require('node:path');

/** Where a database server is, in the variables that Strapi's own template names. */
function server(env) {
  return {
    host: env('DATABASE_HOST', '127.0.0.1'),
    port: env.int('DATABASE_PORT'),
    database: env('DATABASE_NAME'),
    user: env('DATABASE_USERNAME'),
    password: env('DATABASE_PASSWORD'),
  };
}

/**
 * What SQLite is told on each connection. A process that is killed loses nothing by not waiting for the disk; only a
 * machine that loses its power does. A file that may not grow is a disk that is full.
 */
function pragmas(env) {
  const pages = env.int('DATABASE_MAX_PAGES');
  return [
    ...(env.bool('DATABASE_SYNC', true) ? [] : ['synchronous = OFF']),
    ...(pages ? [`max_page_count = ${pages}`] : []),
  ];
}

function afterCreate(env) {
  return (connection, done) => {
    for (const pragma of pragmas(env)) connection.pragma(pragma);
    done(null, connection);
  };
}

const CONNECTIONS = {
  sqlite: (env) => ({
    connection: {
      filename: path.resolve(__dirname, '..', env('DATABASE_FILENAME', '.tmp/data.db')),
    },
    useNullAsDefault: true,
    pool: { afterCreate: afterCreate(env) },
  }),
  postgres: (env) => ({
    connection: { ...server(env), schema: env('DATABASE_SCHEMA', 'public') },
  }),
  mysql: (env) => ({ connection: server(env) }),
};

module.exports = ({ env }) => {
  const client = env('DATABASE_CLIENT', 'sqlite');
  return {
    connection: { client, ...CONNECTIONS[client](env) },
    // Strapi's default: tables of what is gone are dropped at the next start.
    settings: { forceMigration: env.bool('FORCE_MIGRATION', true) },
  };
};
