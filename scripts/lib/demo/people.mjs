/** The administrator of the demo. */
export const DEMO_ADMIN = {
  firstname: 'Demo',
  lastname: 'Administrator',
  email: 'admin@example.test',
  password: 'Demo-Admin-1',
};

/** The password of every user of the demo. */
export const DEMO_PASSWORD = 'Demo-User-1';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1';

/** The users of the demo, each with the devices it logs in from. */
export const DEMO_PEOPLE = [
  {
    username: 'maria',
    devices: [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36`,
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`,
    ],
  },
  {
    username: 'jonas',
    devices: ['Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'],
  },
  {
    username: 'aiko',
    devices: [
      `Mozilla/5.0 (Linux; Android 15; Pixel 9) ${WEBKIT} Chrome/131.0.0.0 Mobile Safari/537.36`,
      `Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`,
    ],
  },
  {
    username: 'samuel',
    devices: [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI} Safari/605.1.15`],
  },
  {
    username: 'priya',
    devices: [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
    ],
  },
  { username: 'robot', devices: ['curl/8.11.0'] },
];
