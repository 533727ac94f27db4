import { describe } from 'node:test';

/** The two ways in which users-permissions issues tokens. */
export const MODES = ['legacy-support', 'refresh'];

/** Runs a group of tests once in each JWT mode. */
export function inBothModes(title, tests) {
  for (const mode of MODES) describe(`${title} (${mode})`, () => tests(mode));
}

/** Tells whether a mode issues refresh tokens. */
export function hasRefreshTokens(mode) {
  return mode === 'refresh';
}
