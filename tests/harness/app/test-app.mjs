import { packedPlugin } from './packed-plugin.mjs';
import { preparedApp } from './prepared-app.mjs';

/** The variable by which a runner that has prepared the app says where it is. */
export const APP_VARIABLE = 'MAGIC_TEST_APP';

/** Returns the folder of the test app with the packed plugin installed and the admin built. */
export async function testApp() {
  return process.env[APP_VARIABLE] ?? preparedApp(await packedPlugin());
}
