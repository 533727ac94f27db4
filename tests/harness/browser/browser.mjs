import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../tools/chromium.mjs';
import { ARTEFACTS } from '../paths.mjs';
import { ADMIN } from '../clients/admin.mjs';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Starts Chromium without a window. */
export async function launchChromium() {
  return chromium.launch({ executablePath: await ensureChromium(), args: QUIET });
}

/** A browser with one page that stands in the admin panel of a test server. */
export class AdminBrowser {
  #browser;
  #server;
  /**
   * What went wrong in the page: exceptions, console errors, refused requests of the plugin. What
   * Strapi's own panel asks of the internet and does not get is its affair.
   */
  errors = [];

  /** Starts Chromium without a window. */
  static async open(server) {
    const self = new AdminBrowser();
    self.#server = server;
    self.#browser = await launchChromium();
    const context = await self.#browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      reducedMotion: 'reduce',
    });
    self.page = await context.newPage();
    self.page.on('pageerror', (error) => self.errors.push(error.stack ?? String(error)));
    self.page.on('console', (message) => {
      const ofNetwork = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !ofNetwork) self.errors.push(message.text());
    });
    self.page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      const ofPlugin = pathname.startsWith('/magic-sessionmanager');
      if (ofPlugin && !response.ok()) self.errors.push(`${response.status()} ${pathname}`);
    });
    return self;
  }

  /**
   * Starts Chromium and logs in, as the first administrator unless `as` names another one. Then it
   * goes to `path`, if given.
   */
  static async logIn(server, { as, path } = {}) {
    const browser = await AdminBrowser.open(server);
    try {
      await browser.login(as);
      if (path) await browser.page.goto(browser.url(path));
      return browser;
    } catch (error) {
      await browser.picture('login-that-failed');
      await browser.close();
      throw error;
    }
  }

  url(path) {
    return `http://127.0.0.1:${this.#server.port}${path}`;
  }

  /** Logs in on the login page as the first administrator. */
  async login({ email, password } = ADMIN) {
    await this.page.goto(this.url('/admin/auth/login'));
    await this.page.locator('input[name="email"]').fill(email);
    await this.page.locator('input[name="password"]').fill(password);
    await this.page.locator('button[type="submit"]').click();
    await this.page.waitForURL((url) => !url.pathname.includes('/auth/'));
  }

  /** Keeps a picture of the page among the artefacts. */
  async picture(name) {
    mkdirSync(ARTEFACTS, { recursive: true });
    await this.page.screenshot({ path: path.join(ARTEFACTS, `${name}.png`), fullPage: true });
  }

  async close() {
    await this.#browser.close();
  }
}

/** Closes a browser and its server after the tests of a file, with a last picture of the page. */
export async function closeAll(server, browser, picture) {
  if (picture) await browser?.picture(picture);
  await browser?.close();
  await server.dispose();
}
