/** The tested major versions of Node; `engines` in package.json names the same. */
const NODE_MAJORS = [18, 20, 22, 24, 26];

/** The range of tested versions of Strapi, by minor versions of one major. */
const STRAPI_MAJOR = 5;
const STRAPI_MINORS = { first: 0, last: 54 };

/** The versions of a running server, such as `5.54.0`. */
export interface RunningVersions {
  strapi: string;
  node: string;
}

/**
 * Returns a sentence that names untested versions and the tested ones; `null` if all are tested.
 */
export function untestedVersions({ strapi, node }: RunningVersions): string | null {
  const { first, last } = STRAPI_MINORS;
  const majors = NODE_MAJORS.join(', ');
  const untested = [
    ...(isTestedStrapi(strapi)
      ? []
      : [`Strapi ${strapi} (but with ${STRAPI_MAJOR}.${first} to ${STRAPI_MAJOR}.${last})`]),
    ...(isTestedNode(node) ? [] : [`Node ${node} (but with ${majors})`]),
  ];
  return untested.length === 0 ? null : `not tested with ${untested.join(', nor with ')}`;
}

function isTestedStrapi(version: string): boolean {
  const [major = Number.NaN, minor = Number.NaN] = numbersOf(version);
  return major === STRAPI_MAJOR && minor >= STRAPI_MINORS.first && minor <= STRAPI_MINORS.last;
}

function isTestedNode(version: string): boolean {
  const [major = Number.NaN] = numbersOf(version);
  return NODE_MAJORS.includes(major);
}

function numbersOf(version: string): number[] {
  return version.split('.').map(Number);
}
