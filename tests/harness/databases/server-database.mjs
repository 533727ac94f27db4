import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseServer } from './database-server.mjs';
import * as mariadb from './mariadb.mjs';
import * as postgres from './postgres.mjs';

const PRODUCTS = {
  postgres: { ...postgres, module: new URL('postgres.mjs', import.meta.url) },
  mysql: { ...mariadb, module: new URL('mariadb.mjs', import.meta.url) },
};

/** The servers of this process, one of each product. */
const servers = new Map();

/** A database on a server of the tests' own, read and damaged behind Strapi's back. */
export class ServerDatabase {
  #appFolder;
  #name;
  #product;
  #server;

  /** The database of a folder. The same folder always names the same database. */
  constructor(client, appFolder, folder) {
    this.client = client;
    this.#product = PRODUCTS[client];
    this.#appFolder = appFolder;
    this.#name = path.basename(folder).toLowerCase();
  }

  /** Where Strapi finds the database, in the variables of the test app. */
  get env() {
    const { host, port, user, password, database } = this.#server.connection(this.#name);
    return {
      DATABASE_CLIENT: this.client,
      DATABASE_HOST: host,
      DATABASE_PORT: String(port),
      DATABASE_NAME: database,
      DATABASE_USERNAME: user,
      DATABASE_PASSWORD: password,
    };
  }

  /** Creates the database unless it exists, and starts the server unless it runs. */
  async create() {
    if (this.#server) return;
    const { module, maintenance } = this.#product;
    if (!servers.has(this.client))
      servers.set(this.client, DatabaseServer.start(module, this.#appFolder));
    this.#server = await servers.get(this.client);
    try {
      this.rows('SELECT 1 AS one');
    } catch {
      this.#server.run(maintenance, `CREATE DATABASE "${this.#name}"`);
    }
  }

  /** The server that the database is on. */
  get server() {
    return this.#server;
  }

  /** Runs a query and returns its rows. */
  rows(sql, ...values) {
    return this.#server.run(this.#name, sql, values);
  }

  /** Runs statements that return nothing. */
  run(sql) {
    this.#server.run(this.#name, sql);
  }

  /** Opens a connection that stays, for a transaction of several statements. */
  connect() {
    const require = createRequire(path.join(this.#appFolder, 'package.json'));
    return this.#product.connect(require, this.#server.connection(this.#name));
  }

  /** Tells whether nobody reads or writes at the moment, so that a writer would not have to wait. */
  isFree() {
    return Number(this.rows(this.#product.BUSY)[0].n) === 0;
  }

  /** Tells whether somebody waits for a lock at the moment. */
  isWaitedFor() {
    return Number(this.rows(this.#product.WAITING)[0].n) > 0;
  }

  /** Returns every byte that the server has on disk, logs included. */
  bytes() {
    this.run(this.#product.FLUSH);
    return this.#server.bytes();
  }

  /** Returns how many bytes a table takes with its indexes. */
  bytesOf(table) {
    return Number(this.rows(this.#product.SIZE, table)[0].n);
  }

  /** Has the server do now what its own upkeep does sooner or later in the background. */
  settle() {
    this.run(this.#product.UPKEEP);
    this.run(this.#product.FLUSH);
  }

  close() {
    // No connection stays open.
  }

  drop() {
    this.#server?.run(this.#product.maintenance, this.#product.drop(this.#name));
  }
}
