import { monotonicMs } from '../../clock';

/** The newest revocation at some instant. */
export interface KnownRevocation {
  /** The number of the newest revocation of any user. */
  number: number;
  /** The monotonic instant before the number was read; later revocations may be missing. */
  atMs: number;
}

/** What a login has read of its user after the password hash, all as of one instant. */
export interface ReadAccount {
  newestRevocation: number;
  isBlocked: boolean;
  /** The monotonic instant before it was read. */
  atMs: number;
}

/**
 * What a request knows of users, so that its logins are bound to the users as they were when the
 * request first read them.
 */
export interface UserKnowledge {
  /** Reads the newest revocation, unless the request did so before. */
  learnRevocation(read: () => Promise<number>): Promise<KnownRevocation>;
  /** Records what a login has read of its user; the first read counts. */
  accountRead(userId: number, account: ReadAccount): void;
  /**
   * Returns the newest revocation that a login of the user knows of, by its account if that was read.
   *
   * A login that finds its user blocked knows of none, because it has read the user before.
   */
  revocationKnownTo(userId: number, read: () => Promise<number>): Promise<KnownRevocation>;
  /** Records a revocation of a user by the request itself. */
  revoked(userId: number, number: number): void;
  /** Returns the number of the request's own revocation of a user; 0 without one. */
  ownRevocation(userId: number): number;
  /** Records the hash of a user's password as the request read it; the first read counts. */
  passwordRead(userId: number, hash: string | null): void;
  /** Records the document id of a user as the request read it. */
  documentIdRead(userId: number, documentId: string): void;
  /** Returns the document id of a user; `undefined` if none was read. */
  documentIdOf(userId: number): string | undefined;
  /** Records that the request itself changed the hash of a user's password. */
  passwordChanged(userId: number, hash: string | null): void;
  /** Records the hash of a user who was answered from memory; one that was read takes its place. */
  passwordRemembered(userId: number, hash: string | null): void;
  /** Returns the hash that a login of the user is bound to; `undefined` if none is known. */
  passwordOf(userId: number): string | null | undefined;
  /** Returns the user whose password the request read with this hash; `null` without one. */
  userWith(hash: string): number | null;
  /** Tells whether the request proved to be the user's, by the password or by changing it. */
  hasProved(userId: number): boolean;
  /** A password that was typed in this request, with the hash that it was verified by. */
  typed: { password: string; hash: string } | null;
}

/** Creates the knowledge of a request that has read nothing yet. */
export function createUserKnowledge(): UserKnowledge {
  let known: Promise<KnownRevocation> | null = null;
  const accounts = new Map<number, KnownRevocation>();
  const revocations = new Map<number, number>();
  const passwords = new Map<number, string | null>();
  const remembered = new Map<number, string | null>();
  const documentIds = new Map<number, string>();
  const changed = new Set<number>();

  const knowledge: UserKnowledge = {
    typed: null,

    learnRevocation(read) {
      const atMs = monotonicMs();
      known ??= read().then(
        (number) => ({ number, atMs }),
        (error: unknown) => {
          known = null;
          throw error;
        },
      );
      return known;
    },

    accountRead(userId, { newestRevocation, isBlocked, atMs }) {
      if (accounts.has(userId)) return;
      accounts.set(userId, { number: isBlocked ? 0 : newestRevocation, atMs });
    },

    revocationKnownTo: async (userId, read) =>
      accounts.get(userId) ?? (await knowledge.learnRevocation(read)),

    revoked: (userId, number) => void revocations.set(userId, number),

    ownRevocation: (userId) => revocations.get(userId) ?? 0,

    passwordRead(userId, hash) {
      if (!passwords.has(userId)) passwords.set(userId, hash);
    },

    documentIdRead: (userId, documentId) => void documentIds.set(userId, documentId),

    documentIdOf: (userId) => documentIds.get(userId),

    passwordChanged(userId, hash) {
      passwords.set(userId, hash);
      changed.add(userId);
    },

    passwordRemembered: (userId, hash) => void remembered.set(userId, hash),

    passwordOf: (userId) => (passwords.has(userId) ? passwords : remembered).get(userId),

    userWith(hash) {
      const found = [...passwords, ...remembered].find(
        ([userId, known]) => known === hash && !changed.has(userId),
      );
      return found ? found[0] : null;
    },

    hasProved(userId) {
      const { typed } = knowledge;
      if (changed.has(userId)) return true;
      const hashes = [passwords.get(userId), remembered.get(userId)];
      return typed !== null && hashes.includes(typed.hash);
    },
  };
  return knowledge;
}
