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

const WINDOWS = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36`;
const EDGE = `${WINDOWS} Edg/131.0.0.0`;
const MAC = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI} Safari/605.1.15`;
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
const PHONE = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`;
const TABLET = `Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`;
const ANDROID = `Mozilla/5.0 (Linux; Android 15; Pixel 9) ${WEBKIT} Chrome/131.0.0.0 Mobile Safari/537.36`;

/**
 * The devices of the demo by name: whose they are, and from where they log in. All addresses are of
 * the ranges that RFC 5737 and RFC 3849 set aside for documentation; each range stands for a country.
 */
export const DEVICES = {
  mariaOffice: { username: 'maria', place: 'Berlin', address: '192.0.2.14', userAgent: WINDOWS },
  mariaPhone: { username: 'maria', place: 'Lisbon', address: '203.0.113.201', userAgent: PHONE },
  jonasLaptop: { username: 'jonas', place: 'Berlin', address: '192.0.2.87', userAgent: LINUX },
  aikoPhone: { username: 'aiko', place: 'Osaka', address: '198.51.100.23', userAgent: ANDROID },
  aikoTablet: { username: 'aiko', place: 'Osaka', address: '198.51.100.24', userAgent: TABLET },
  samuelMac: { username: 'samuel', place: 'Nairobi', address: '2001:db8:254::5', userAgent: MAC },
  priyaDesktop: { username: 'priya', place: 'Pune', address: '2001:db8:91::c', userAgent: EDGE },
  robot: { username: 'robot', place: 'Oslo', address: '203.0.113.9', userAgent: 'curl/8.11.0' },
};

/** The address from which somebody guesses a password. */
export const GUESSER = { address: '198.51.100.166', userAgent: 'python-requests/2.32.3' };
