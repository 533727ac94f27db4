import { canaryCell } from '../../../tests/harness/matrix/cells.mjs';
import { newestCompleteStrapi } from '../../../tests/harness/matrix/newest-strapi.mjs';
import { ROOT } from '../../../tests/harness/paths.mjs';
import { npm } from '../../../tests/harness/process/run.mjs';

const NOT_FOUND = /\bE404\b/;

/** The registry that npm asks here. */
const REGISTRY = {
  versionsOf: (name) => view(name, 'versions'),

  async dependenciesOf(name, version) {
    try {
      return (await view(`${name}@${version}`, 'dependencies')) ?? {};
    } catch (error) {
      if (NOT_FOUND.test(error.output)) return null;
      throw error;
    }
  },
};

/** Returns the cells that try the newest Strapi which installs completely: one or none. */
export async function canaryCells() {
  const newest = await newestCompleteStrapi(REGISTRY);
  const cell = canaryCell(newest);
  const how = cell ? 'is tried as a canary' : 'is one of the cells';
  console.log(`The newest Strapi that installs completely, ${newest}, ${how}.`);
  return cell ? [cell] : [];
}

async function view(spec, field) {
  const text = await npm(['view', '--json', spec, field], ROOT);
  // npm prints nothing for a package without the field.
  return text.trim() ? JSON.parse(text) : undefined;
}
