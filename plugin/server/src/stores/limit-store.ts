/** What is remembered under a key, and from when on it may be forgotten, in Unix milliseconds. */
export interface LimitEntry {
  text: string;
  forgetAtMs: number;
}

/** Replaces what is remembered under a key; `null` stands for nothing. */
export interface Change {
  key: string;
  from: string | null;
  to: LimitEntry | null;
}

/** Remembers what limiters have counted, as texts that mean nothing here. */
export interface LimitStore {
  /** Gives what is remembered under each key. */
  read(keys: readonly string[], nowMs: number): Promise<(string | null)[]>;
  /** Makes all changes if everything is still as they say, or none; says which. */
  swap(changes: readonly Change[], nowMs: number): Promise<boolean>;
}
