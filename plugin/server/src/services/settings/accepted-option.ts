import { loadServerCore } from './load-core';

/** Tells whether the core accepts the value of an option. */
export function isAcceptedOption(option: string, value: unknown): boolean {
  try {
    loadServerCore().parseSettings({ [option]: value });
    return true;
  } catch {
    return false;
  }
}
