/** The seconds of a test file that is not named below. */
const USUAL_SECONDS = 40;

/** About how many seconds the slower test files take on a quiet machine with two cores. */
const SECONDS = {
  'tests/strapi/api/hostile-input.test.mjs': 180,
  'tests/packaging/package-managers.test.mjs': 150,
  'tests/strapi/api/journal.test.mjs': 140,
  'tests/strapi/logins/adoption.test.mjs': 130,
  'tests/strapi/operation/troubleshooting.test.mjs': 130,
  'tests/databases/removal.test.mjs': 120,
  'tests/strapi/logins/login-back-off.test.mjs': 120,
  'tests/strapi/operation/restart.test.mjs': 110,
  'tests/strapi/api/user-permissions.test.mjs': 100,
  'tests/strapi/tokens/keys.test.mjs': 100,
  'tests/databases/races.test.mjs': 100,
  'tests/databases/outages.test.mjs': 90,
  'tests/strapi/api/events.test.mjs': 80,
  'tests/strapi/api/live-settings.test.mjs': 80,
  'tests/strapi/terminations/clean-up-job.test.mjs': 80,
  'tests/strapi/terminations/termination-is-final.test.mjs': 80,
  'tests/cluster/shared-limits.test.mjs': 80,
  'tests/cluster/stale-logins.test.mjs': 90,
  'tests/cluster/events.test.mjs': 100,
  'tests/strapi/logins/other-refresh-tokens.test.mjs': 80,
  'tests/strapi/operation/proven-seams.test.mjs': 120,
  'tests/strapi/tokens/refresh-reuse.test.mjs': 80,
};

/** Estimates how long a test file takes, so that the longest can start first. */
export function expectedSeconds(file) {
  return SECONDS[file] ?? USUAL_SECONDS;
}
