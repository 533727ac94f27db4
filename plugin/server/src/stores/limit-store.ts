/** The stored value of a key. */
export interface LimitEntry {
  text: string;
  /** The store may drop the entry from then on, in Unix milliseconds. */
  forgetAtMs: number;
  /** Whether the store must not drop the entry earlier, however full it is. */
  mustStay?: boolean;
}

/** A replacement of a key's value; `null` means no value. */
export interface Change {
  key: string;
  from: string | null;
  to: LimitEntry | null;
}

/** Stores the counts of limiters as opaque texts. */
export interface LimitStore {
  /** Returns the text of each key, `null` where there is none. */
  read(keys: readonly string[], nowMs: number): Promise<(string | null)[]>;
  /**
   * Compare-and-set: makes all changes if every `from` still holds, else none; tells whether it
   * did.
   */
  swap(changes: readonly Change[], nowMs: number): Promise<boolean>;
}
