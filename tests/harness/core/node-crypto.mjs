import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const SALT = 'magic-sessionmanager/v1';
const PURPOSE = 'magic-sessionmanager/token';
const VERSION = 'v1';
const TAG_BYTES = 16;

/** Derives a key as the core does, with Node's own HKDF. */
export function derive(input, label, length = 32) {
  return Buffer.from(hkdfSync('sha256', input, SALT, label, length));
}

/** Derives the master key from an app's secret. */
export function masterOfSecret(secret) {
  return derive(secret, "master key from the app's secret");
}

/** Seals and opens as the core does, with Node's own cipher and one master key of 32 bytes. */
export class NodeSealer {
  constructor(master) {
    this.key = derive(master, 'seal: AES-256-GCM');
    this.keyId = derive(master, 'key id', 6).toString('hex');
  }

  seal(sessionId, field, token) {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(binding(sessionId, field));
    const sealed = Buffer.concat([cipher.update(token), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${this.keyId}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`;
  }

  /** Throws when the envelope is not of this key, session and field. */
  open(sessionId, field, envelope) {
    const [version, keyId, nonce, sealed] = envelope.split('.');
    if (version !== VERSION || keyId !== this.keyId) throw new Error('another version or key');
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.key, Buffer.from(nonce, 'base64url'));
    decipher.setAAD(binding(sessionId, field));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return (
      decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    );
  }
}

/** Returns what an envelope is bound to; all but the session id is made ready once, since this is measured too. */
function binding(sessionId, field) {
  const bytes = Buffer.from(BINDINGS[field]);
  bytes.write(sessionId, SESSION_ID_AT, 'hex');
  return bytes;
}

/** Puts the length in bytes before a part. */
function withLength(part) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
}

const SESSION_ID_AT = 4 + PURPOSE.length + 4;
const BINDINGS = Object.fromEntries(
  ['accessToken', 'refreshToken'].map((field) => {
    const parts = [
      Buffer.from(PURPOSE),
      Buffer.alloc(16),
      Buffer.from(field),
      Buffer.from(VERSION),
    ];
    return [field, Buffer.concat(parts.map(withLength))];
  }),
);
