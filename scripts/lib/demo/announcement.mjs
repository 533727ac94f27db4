import path from 'node:path';
import { CACHE, ROOT } from '../../../tests/harness/paths.mjs';
import { DEMO_FOLDER } from './data.mjs';
import { DEMO_ADMIN, DEMO_PASSWORD } from './people.mjs';

/** Returns the text that the demo prints once everything runs. */
export function announcement(port, token) {
  const base = `http://127.0.0.1:${port}`;
  return `
━━ The demo is ready ━━

  Sessions    ${base}/admin/plugins/magic-sessionmanager
  E-mail      ${DEMO_ADMIN.email}
  Password    ${DEMO_ADMIN.password}

  A command by which Maria's phone asks for its sessions:

curl -i ${base}/api/magic-sessionmanager/my-sessions -H 'Authorization: Bearer ${token}'

  Three things to try
  1. Terminate the session of Maria's phone (Lisbon, 203.0.113.201) in the list of sessions. Run the
     command again: it answers 401, with the reason "admin".
  2. Look at yesterday's failed logins from 198.51.100.166, which stopped when Maria's account was
     locked:  ${base}/admin/plugins/magic-sessionmanager/journal
  3. Change the inactivity timeout. The preview shows what happens to these sessions, before you
     save it:  ${base}/admin/settings/magic-sessionmanager

  This console shows who is logged out, and why. Each user has the password ${DEMO_PASSWORD}:
  maria, jonas, aiko, samuel, priya, robot.

  Ways out, and back in
  Stop           Ctrl-C here
  Go on          npm run demo -- --keep     starts again with these data
  Start over     npm run demo               starts again with new data
  Another port   PORT=${port + 1} npm run demo
  Remove data    ${removal(DEMO_FOLDER)}
  Remove all     ${removal(CACHE)} removes the prepared apps as well
`;
}

/** The command that removes a folder, as a path from the repository where it lies in it. */
function removal(folder) {
  const relative = path.relative(ROOT, folder);
  return `rm -rf ${relative.startsWith('..') ? folder : relative}`;
}
