import { DemoDevice } from './device.mjs';
import { DEMO_ADMIN, DEVICES, GUESSER } from './people.mjs';

const WRONG_GUESSES = 12;

/** Tells what the devices do on three days and today. */
export class DemoStory {
  #send;
  #devices;

  /** `send(method, path, options)` sends a request to the server that runs at the moment. */
  constructor(send) {
    this.#send = send;
    const entries = Object.entries(DEVICES);
    this.#devices = Object.fromEntries(
      entries.map(([name, facts]) => [name, new DemoDevice(facts, send)]),
    );
  }

  /** The days before today, the oldest first: how long ago each is, a title, and its events. */
  get pastDays() {
    return [
      {
        daysAgo: 3,
        title: 'three days ago: five people register',
        act: () => this.#threeDaysAgo(),
      },
      { daysAgo: 2, title: 'two days ago: more devices', act: () => this.#twoDaysAgo() },
      { daysAgo: 1, title: 'yesterday: somebody guesses passwords', act: () => this.#yesterday() },
    ];
  }

  async #threeDaysAgo() {
    const registration = await this.#send('POST', '/admin/register-admin', { body: DEMO_ADMIN });
    if (registration.status !== 200) throw new Error(registration.text);
    const { mariaOffice, jonasLaptop, aikoPhone, samuelMac, robot } = this.#devices;
    for (const device of [mariaOffice, jonasLaptop, aikoPhone, samuelMac, robot])
      await device.register();
    await samuelMac.logOut();
  }

  /** Samuel and Jonas are not seen again, so their sessions become inactive. */
  async #twoDaysAgo() {
    const { mariaOffice, aikoPhone, aikoTablet, samuelMac, priyaDesktop, robot } = this.#devices;
    await samuelMac.logIn();
    await aikoTablet.logIn();
    await priyaDesktop.register();
    for (const device of [mariaOffice, aikoPhone, robot]) await device.act();
  }

  async #yesterday() {
    const { mariaOffice, aikoPhone, priyaDesktop, robot } = this.#devices;
    for (const device of [mariaOffice, aikoPhone, priyaDesktop, robot]) await device.act();
    const guesser = new DemoDevice({ ...GUESSER, username: 'maria' }, this.#send);
    for (let guess = 0; guess < WRONG_GUESSES; guess += 1) await guesser.tryLogIn(`guess-${guess}`);
  }

  /** Maria logs in from a new device; returns the devices that are busy from now on. */
  async today() {
    const { mariaOffice, mariaPhone, aikoPhone, priyaDesktop, robot } = this.#devices;
    const known = [mariaOffice, aikoPhone, priyaDesktop, robot];
    for (const device of known) await (device.isLoggedIn ? device.act() : device.logIn());
    await mariaPhone.logIn();
    return [...known, mariaPhone];
  }

  /** The token that the demo prints: that of Maria's new device. */
  get token() {
    return this.#devices.mariaPhone.token;
  }
}
