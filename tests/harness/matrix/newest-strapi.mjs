/** The packages that an app installs; each needs others of Strapi in the same version. */
const INSTALLED = ['@strapi/strapi', '@strapi/plugin-users-permissions'];

const SCOPE = '@strapi/';
const MAJOR = 5;
const EXACT_VERSION = /^\d+\.\d+\.\d+$/;

/**
 * Returns the newest released Strapi 5 that installs completely: every package of Strapi's that it names
 * in an exact version is in the registry. Some releases lack parts for days. `registry` has
 * `versionsOf(name)`, and `dependenciesOf(name, version)`, which returns `null` if there is no such version.
 */
export async function newestCompleteStrapi(registry) {
  for (const version of newestFirst(await registry.versionsOf(INSTALLED[0]))) {
    if (await isComplete(registry, version)) return version;
  }
  throw new Error(`No version ${MAJOR} of Strapi is complete in the registry.`);
}

async function isComplete(registry, version) {
  const seen = new Set();
  const waiting = INSTALLED.map((name) => [name, version]);
  for (const [name, exact] of waiting) {
    if (seen.has(`${name}@${exact}`)) continue;
    seen.add(`${name}@${exact}`);
    const dependencies = await registry.dependenciesOf(name, exact);
    if (dependencies === null) return false;
    waiting.push(...partsIn(dependencies));
  }
  return true;
}

function partsIn(dependencies) {
  return Object.entries(dependencies).filter(
    ([name, range]) => name.startsWith(SCOPE) && EXACT_VERSION.test(range),
  );
}

function newestFirst(versions) {
  const numbers = (version) => version.split('.').map(Number);
  return versions
    .filter((version) => EXACT_VERSION.test(version) && numbers(version)[0] === MAJOR)
    .sort((one, other) => compare(numbers(other), numbers(one)));
}

function compare([major, minor, patch], [otherMajor, otherMinor, otherPatch]) {
  return major - otherMajor || minor - otherMinor || patch - otherPatch;
}
