import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { capture } from '../process/run.mjs';

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate for 127.0.0.1 by an authority that nobody knows, made by openssl. */
export class TlsCertificates {
  #folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-tls-'));

  static async make() {
    const made = new TlsCertificates();
    const authority = ['-subj', '/CN=authority of the tests'];
    const server = ['-subj', '/CN=server of the tests', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const signed = ['-CA', made.authority, '-CAkey', made.#file('authority.key')];
    const noAuthority = ['-addext', 'basicConstraints=critical,CA:FALSE'];
    await made.#request('authority', authority);
    await made.#request('server', [...server, ...signed, ...noAuthority]);
    return made;
  }

  /** The file of the authority's certificate. */
  get authority() {
    return this.#file('authority.crt');
  }

  /** The text of the authority's certificate. */
  get authorityText() {
    return readFileSync(this.authority, 'utf8');
  }

  /** The files of the server's certificate and of its key. */
  get server() {
    return { certificate: this.#file('server.crt'), key: this.#file('server.key') };
  }

  #file(name) {
    return path.join(this.#folder, name);
  }

  #request(name, options) {
    const files = ['-keyout', this.#file(`${name}.key`), '-out', this.#file(`${name}.crt`)];
    return capture('openssl', ['req', '-x509', '-days', '2', ...NEW_KEY, ...files, ...options]);
  }

  dispose() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
