/** The seconds of a test file that is not named below. */
const USUAL_SECONDS = 20;

/** About how many seconds the slower test files take on a quiet machine with two cores. */
const SECONDS = {
  'tests/strapi/operation/command-line.test.mjs': 150,
  'tests/packaging/package-managers.test.mjs': 150,
  'tests/strapi/operation/troubleshooting.test.mjs': 90,
  'tests/cluster/lease-under-faults.test.mjs': 90,
  'tests/cluster/redis.test.mjs': 90,
  'tests/cluster/redis-connections.test.mjs': 70,
  'tests/strapi/operation/geo-files.test.mjs': 90,
  'tests/strapi/operation/proven-seams.test.mjs': 60,
  'tests/cluster/stale-logins.test.mjs': 60,
  'tests/strapi/api/user-permissions.test.mjs': 50,
  'tests/strapi/terminations/last-seen.test.mjs': 50,
  'tests/cluster/events.test.mjs': 50,
  'tests/cluster/shared-limits.test.mjs': 50,
  'tests/databases/removal.test.mjs': 50,
  'tests/strapi/api/hostile-input.test.mjs': 40,
  'tests/strapi/api/journal.test.mjs': 40,
  'tests/strapi/logins/adoption.test.mjs': 40,
  'tests/strapi/terminations/clean-up-job.test.mjs': 40,
  'tests/databases/races.test.mjs': 40,
  'tests/databases/outages.test.mjs': 40,
  'tests/strapi/api/settings.test.mjs': 30,
  'tests/strapi/logins/extended-jwt.test.mjs': 30,
  'tests/strapi/logins/login-protection.test.mjs': 60,
  'tests/strapi/logins/parallel-logins.test.mjs': 30,
  'tests/strapi/terminations/termination-is-final.test.mjs': 30,
};

/** Estimates how long a test file takes, so that the longest can start first. */
export function expectedSeconds(file) {
  return SECONDS[file] ?? USUAL_SECONDS;
}
