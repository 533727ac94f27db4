import { readFile, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { Reader, Response } from 'mmdb-lib';
import { NO_FACTS, WrongContent, type FileFacts } from './followed-file';

/** A record of a database, of which each maker has a form of its own. */
export type PlaceRecord = Record<string, unknown>;

/** A database in the format MMDB (https://maxmind.github.io/MaxMind-DB/). */
export interface PlaceDatabase {
  /** Reads a file, and uses it from then on. */
  load: (path: string) => Promise<FileFacts>;
  /** Returns the record of an address; `null` without one. */
  recordOf: (address: string) => PlaceRecord | null;
}

/** The largest database that is read into memory, in bytes. */
const MAX_BYTES = 1_000_000_000;

/** What the metadata begins with, which stands in the last 128 KiB. */
const METADATA_MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
const METADATA_BYTES = 131_072;

/** Zero bytes between the tree and the records. */
const SEPARATOR = Buffer.alloc(16);

/** How many addresses are looked up before a file is taken into use. */
const PROBES = 256;

/** An IPv4 address that is written as IPv6. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

/** NAT64, 6to4 and Teredo: a database may have the place of the server that translates. */
const TRANSLATED = /^(64:ff9b:|2002:|2001:0{0,4}:)/i;

/**
 * Creates a database that has no file yet.
 *
 * @param report Receives the first error of a look-up in each file.
 */
export function createPlaceDatabase(report: (error: unknown) => void): PlaceDatabase {
  let reader: Reader<Response> | null = null;
  let isDamaged = false;

  return {
    async load(path) {
      const { size } = await stat(path);
      if (size > MAX_BYTES) throw new WrongContent(`it is larger than ${MAX_BYTES} bytes`);
      const opened = await openDatabase(await readFile(path));
      const madeAt = opened.metadata.buildEpoch;
      reader = opened;
      isDamaged = false;
      return { ...NO_FACTS, madeAt: Number.isNaN(Number(madeAt)) ? null : madeAt.toISOString() };
    },

    recordOf(address) {
      try {
        return reader && recordIn(reader, address);
      } catch (error) {
        if (!isDamaged) report(error);
        isDamaged = true;
        return null;
      }
    },
  };
}

/** Opens a database. @throws WrongContent where it is none, or damaged at one of the places that are tried. */
async function openDatabase(bytes: Buffer): Promise<Reader<Response>> {
  // The library would look for the marker byte by byte.
  const tail = bytes.subarray(-METADATA_BYTES);
  if (!tail.includes(METADATA_MARKER)) throw new WrongContent('it has no metadata, or is cut off');
  // Most apps have no such file, and load nothing.
  const { Reader } = await import('mmdb-lib');
  try {
    const reader = new Reader<Response>(bytes);
    const { searchTreeSize } = reader.metadata;
    const separator = bytes.subarray(searchTreeSize, searchTreeSize + SEPARATOR.length);
    if (!separator.equals(SEPARATOR)) throw new Error('its tree is cut off');
    for (let probe = 0; probe < PROBES; probe += 1) reader.get(`${probe}.${probe}.8.8`);
    return reader;
  } catch (error) {
    throw new WrongContent(String(error));
  }
}

function recordIn(reader: Reader<Response>, address: string): PlaceRecord | null {
  const bare = address.replace(MAPPED, '');
  const version = isIP(bare);
  if (version === 0 || (version === 6 && reader.metadata.ipVersion === 4)) return null;
  if (TRANSLATED.test(bare)) return null;
  const record: unknown = reader.get(bare);
  return isRecord(record) ? record : null;
}

function isRecord(value: unknown): value is PlaceRecord {
  return typeof value === 'object' && value !== null;
}
