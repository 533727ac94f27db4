import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { IS_DURABLE } from './durable.mjs';

/** The SQLite database under a test server, read and damaged behind Strapi's back. */
export class SqliteDatabase {
  client = 'sqlite';
  #driver;
  #file;
  #open;

  constructor(appFolder, folder) {
    this.#driver = createRequire(path.join(appFolder, 'package.json'))('better-sqlite3');
    this.#file = path.join(folder, 'data.db');
  }

  /** Where Strapi finds the database, in the variables of the test app. */
  get env() {
    return {
      DATABASE_CLIENT: this.client,
      DATABASE_FILENAME: this.#file,
      DATABASE_SYNC: String(IS_DURABLE),
    };
  }

  get file() {
    return this.#file;
  }

  async create() {
    // Strapi makes the file.
  }

  get #connection() {
    this.#open ??= new this.#driver(this.#file, { timeout: 10_000 });
    return this.#open;
  }

  /** Runs a query and returns its rows. */
  rows(sql, ...values) {
    return this.#connection.prepare(sql).all(...values);
  }

  /** Runs statements that return nothing. */
  run(sql) {
    this.#connection.exec(sql);
  }

  /** Opens a connection that stays, for a transaction of several statements. */
  async connect() {
    const own = new this.#driver(this.#file, { timeout: 10_000 });
    return { run: async (sql) => own.exec(sql), end: async () => own.close() };
  }

  /** Tells whether nobody reads or writes at the moment, so that a writer would not have to wait. */
  isFree() {
    const probe = new this.#driver(this.#file, { timeout: 0 });
    try {
      probe.exec('BEGIN EXCLUSIVE; ROLLBACK');
      return true;
    } catch (error) {
      if (error.code === 'SQLITE_BUSY') return false;
      throw error;
    } finally {
      probe.close();
    }
  }

  /** Returns every byte that the database has on disk, journals included. */
  bytes() {
    const files = ['', '-wal', '-journal'].map((suffix) => this.#file + suffix);
    return Buffer.concat(
      files.filter((file) => existsSync(file)).map((file) => readFileSync(file)),
    );
  }

  /** Returns how many bytes a table takes with its indexes; here, with all others. */
  bytesOf() {
    const [{ pages }] = this.rows('SELECT page_count AS pages FROM pragma_page_count');
    const [{ bytes }] = this.rows('SELECT page_size AS bytes FROM pragma_page_size');
    return pages * bytes;
  }

  settle() {
    // It has no upkeep of its own.
  }

  close() {
    this.#open?.close();
    this.#open = undefined;
  }

  /** Removes the database; the file goes with its folder. */
  drop() {
    this.close();
  }
}
