import { CLIENT } from '../databases/database.mjs';

/**
 * What each database writes in its own way: a table of the numbers `i` from 1 on, and texts made of
 * `i`. Ids are 32 hexadecimal digits; scattered ones follow no order, as real ones do not.
 */
export const DIALECT = {
  sqlite: {
    numbers: (count) => `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
      WHERE i < ${count}) SELECT i FROM n) numbers`,
    id: `printf('%032x', i)`,
    scatteredId: `printf('%08x%024x', (i * 2654435761) % 4294967296, i)`,
    address: `printf('198.51.%d.%d', i / 256 % 256, i % 256)`,
    name: (prefix) => `'${prefix}' || i`,
  },
  postgres: {
    numbers: (count) => `(SELECT i::bigint FROM generate_series(1, ${count}) i) numbers`,
    id: `lpad(to_hex(i), 32, '0')`,
    scatteredId: `lpad(to_hex((i * 2654435761) % 4294967296), 8, '0') || lpad(to_hex(i), 24, '0')`,
    address: `'198.51.' || (i / 256 % 256) || '.' || (i % 256)`,
    name: (prefix) => `'${prefix}' || i`,
  },
  mysql: {
    numbers: (count) => `(SELECT seq AS i FROM seq_1_to_${count}) numbers`,
    id: `lpad(lower(hex(i)), 32, '0')`,
    scatteredId: `concat(lpad(hex((i * 2654435761) % 4294967296), 8, '0'), lpad(hex(i), 24, '0'))`,
    address: `concat('198.51.', i div 256 % 256, '.', i % 256)`,
    name: (prefix) => `concat('${prefix}', i)`,
  },
}[CLIENT];
