import type { Actor } from '../../../../shared/contracts';
import { USER_MODEL, type Strapi } from '../../strapi';

/** An actor; of a user, the document id tells whether the id is still that user's. */
export type KnownActor = Actor & { documentId: string | null };

/** Reads the names of actors. */
export interface ActorNames {
  /**
   * Reads the names of all actors at once; returns a look-up, which returns `null` without a name.
   */
  read(actors: KnownActor[]): Promise<(actor: KnownActor) => string | null>;
}

/** An account of a user or an administrator; only administrators have the optional fields. */
interface Account {
  id: number;
  documentId: string | null;
  username: string | null;
  email: string | null;
  firstname?: string | null;
  lastname?: string | null;
}

const NAMES = ['id', 'documentId', 'username', 'email'];

const ACCOUNTS = {
  user: { uid: USER_MODEL, select: NAMES },
  admin: { uid: 'admin::user', select: [...NAMES, 'firstname', 'lastname'] },
} as const;

/** Creates the names from the accounts of users and administrators. */
export function createActorNames(strapi: Strapi): ActorNames {
  async function namesOf(type: keyof typeof ACCOUNTS, actors: KnownActor[]): Promise<Names> {
    const ids = new Set(actors.flatMap(({ type: own, id }) => (own === type && id ? [id] : [])));
    if (ids.size === 0) return new Map();
    const { uid, select } = ACCOUNTS[type];
    const where = { id: { $in: [...ids] } };
    // Strapi cannot type a content type that an app may extend; these fields are always there.
    const accounts = (await strapi.db.query(uid).findMany({ where, select })) as Account[];
    return new Map(accounts.map((account) => [account.id, account]));
  }

  return {
    async read(actors) {
      const users = await namesOf('user', actors);
      const admins = await namesOf('admin', actors);
      return ({ type, id, documentId }) => {
        const named = type === 'user' ? users : type === 'admin' ? admins : null;
        const account = id === null ? undefined : named?.get(id);
        if (!account) return null;
        // An import may have given the id of a user to another one.
        const isSame = !account.documentId || account.documentId === documentId;
        if (type === 'user' && !isSame) return null;
        return nameOf(account);
      };
    },
  };
}

type Names = Map<number, Account>;

function nameOf({ firstname, lastname, username, email }: Account): string | null {
  return [firstname, lastname].filter(Boolean).join(' ') || username || email;
}
