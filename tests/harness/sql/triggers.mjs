import { CLIENT } from '../databases/database.mjs';

/** Adds a trigger that records each change of "last seen" in `seen_log`. */
export const RECORDER = {
  sqlite: `
    CREATE TABLE seen_log (session_id TEXT, at INTEGER);
    CREATE TRIGGER seen_recorder AFTER UPDATE ON magic_sessionmanager_sessions
    WHEN NEW.last_seen_at_ms <> OLD.last_seen_at_ms
    BEGIN INSERT INTO seen_log VALUES (NEW.session_id, NEW.last_seen_at_ms); END`,
  postgres: `
    CREATE TABLE seen_log (session_id TEXT, at BIGINT);
    CREATE FUNCTION record_seen() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO seen_log VALUES (NEW.session_id, NEW.last_seen_at_ms); RETURN NULL; END $$;
    CREATE TRIGGER seen_recorder AFTER UPDATE ON magic_sessionmanager_sessions FOR EACH ROW
    WHEN (NEW.last_seen_at_ms <> OLD.last_seen_at_ms) EXECUTE FUNCTION record_seen()`,
  mysql: `
    CREATE TABLE seen_log (session_id TEXT, at BIGINT);
    CREATE TRIGGER seen_recorder AFTER UPDATE ON magic_sessionmanager_sessions FOR EACH ROW
    INSERT INTO seen_log SELECT NEW.session_id, NEW.last_seen_at_ms FROM DUAL
    WHERE NEW.last_seen_at_ms <> OLD.last_seen_at_ms`,
}[CLIENT];

/** Adds a trigger that refuses every new session, as a full disk would, and removes it. */
export const FULL_DISK = {
  sqlite: {
    damage: `CREATE TRIGGER full_disk BEFORE INSERT ON magic_sessionmanager_sessions
      BEGIN SELECT RAISE(ABORT, 'disk is full'); END`,
    remedy: 'DROP TRIGGER full_disk',
  },
  postgres: {
    damage: `
      CREATE FUNCTION fill_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'disk is full' USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON magic_sessionmanager_sessions FOR EACH ROW
      EXECUTE FUNCTION fill_disk()`,
    remedy: 'DROP TRIGGER full_disk ON magic_sessionmanager_sessions; DROP FUNCTION fill_disk',
  },
  mysql: {
    damage: `CREATE TRIGGER full_disk BEFORE INSERT ON magic_sessionmanager_sessions FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'disk is full'`,
    remedy: 'DROP TRIGGER full_disk',
  },
}[CLIENT];

/** Adds a trigger that refuses every change of an existing session, and removes it. */
export const READ_ONLY_SESSIONS = {
  sqlite: {
    damage: `
      CREATE TRIGGER no_update BEFORE UPDATE ON magic_sessionmanager_sessions
      BEGIN SELECT RAISE(ABORT, 'attempt to write a readonly database'); END;
      CREATE TRIGGER no_delete BEFORE DELETE ON magic_sessionmanager_sessions
      BEGIN SELECT RAISE(ABORT, 'attempt to write a readonly database'); END`,
    remedy: 'DROP TRIGGER no_update; DROP TRIGGER no_delete',
  },
  postgres: {
    damage: `
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'read-only' USING ERRCODE = 'read_only_sql_transaction'; END $$;
      CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON magic_sessionmanager_sessions FOR EACH ROW
      EXECUTE FUNCTION refuse()`,
    remedy: 'DROP TRIGGER no_change ON magic_sessionmanager_sessions; DROP FUNCTION refuse',
  },
  mysql: {
    damage: `
      CREATE TRIGGER no_update BEFORE UPDATE ON magic_sessionmanager_sessions FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'read-only';
      CREATE TRIGGER no_delete BEFORE DELETE ON magic_sessionmanager_sessions FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'read-only'`,
    remedy: 'DROP TRIGGER no_update; DROP TRIGGER no_delete',
  },
}[CLIENT];
