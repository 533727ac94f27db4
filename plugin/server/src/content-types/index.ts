import grant from './grant/schema';
import job from './job/schema';
import journalEntry from './journal-entry/schema';
import link from './link/schema';
import loginLimit from './login-limit/schema';
import loginPlace from './login-place/schema';
import notBefore from './not-before/schema';
import rotation from './rotation/schema';
import sealCount from './seal-count/schema';
import session from './session/schema';

export default {
  session: { schema: session },
  grant: { schema: grant },
  job: { schema: job },
  'journal-entry': { schema: journalEntry },
  link: { schema: link },
  'login-limit': { schema: loginLimit },
  'login-place': { schema: loginPlace },
  'not-before': { schema: notBefore },
  rotation: { schema: rotation },
  'seal-count': { schema: sealCount },
};
