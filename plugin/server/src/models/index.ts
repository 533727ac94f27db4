import grant from './grant';
import job from './job';
import journalEntry from './journal-entry';
import link from './link';
import loginLimit from './login-limit';
import loginPlace from './login-place';
import type { Model } from './model';
import notBefore from './not-before';
import rotation from './rotation';
import sealCount from './seal-count';
import session from './session';
import value from './value';

/** The tables of the plugin. */
export const MODELS: readonly Model[] = [
  session,
  value,
  grant,
  job,
  journalEntry,
  link,
  loginLimit,
  loginPlace,
  notBefore,
  rotation,
  sealCount,
];
