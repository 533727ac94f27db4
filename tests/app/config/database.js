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

/** A process that is killed loses nothing by it; only a machine that loses its power does. */
function leaveTheDiskBehind(connection, done) {
  connection.pragma('synchronous = OFF');
  done(null, connection);
}

const CONNECTIONS = {
  sqlite: (env) => ({
    connection: {
      filename: path.resolve(__dirname, '..', env('DATABASE_FILENAME', '.tmp/data.db')),
    },
    useNullAsDefault: true,
    ...(!env.bool('DATABASE_SYNC', true) && { pool: { afterCreate: leaveTheDiskBehind } }),
  }),
  postgres: (env) => ({
    connection: { ...server(env), schema: env('DATABASE_SCHEMA', 'public') },
  }),
  mysql: (env) => ({ connection: server(env) }),
};

module.exports = ({ env }) => {
  const client = env('DATABASE_CLIENT', 'sqlite');
  return { connection: { client, ...CONNECTIONS[client](env) } };
};
