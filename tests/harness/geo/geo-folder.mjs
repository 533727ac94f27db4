import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Files that an operator keeps, by the names that tests give them. */
const FILES = { city: 'City.mmdb', asn: 'ASN.mmdb', vpn: 'vpn.txt', relay: 'relays.csv' };

/** A folder with files of places and networks, and the option that names them. */
export class GeoFolder {
  #path = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-geo-'));

  get option() {
    const [city, asn, vpn, relay] = Object.keys(FILES).map((name) => this.#at(name));
    return { city, asn, lists: { vpn, relay } };
  }

  /** Replaces a file at once. */
  write(name, content) {
    const file = this.#at(name);
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  }

  dispose() {
    rmSync(this.#path, { recursive: true });
  }

  #at(name) {
    return path.join(this.#path, FILES[name]);
  }
}
