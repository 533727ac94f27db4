import Bowser from 'bowser';
import type { DeviceType, DeviceView } from '../../../../shared/contracts';

const TYPES: Record<string, DeviceType> = {
  desktop: 'desktop',
  mobile: 'mobile',
  tablet: 'tablet',
};

/** A user agent is client input; some databases refuse values longer than the column. */
const MAX_NAME_LENGTH = 100;

/** Parses device, browser and operating system from a user agent; unknown names are `null`. */
export function deviceOf(userAgent: string | null): DeviceView {
  if (!userAgent) return { type: 'other', browser: null, os: null };
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    type: TYPES[platform.type ?? ''] ?? 'other',
    browser: joined(browser.name, browser.version?.split('.')[0]),
    os: joined(os.name, os.versionName ?? os.version),
  };
}

function joined(name: string | undefined, version: string | undefined): string | null {
  if (!name) return null;
  return (version ? `${name} ${version}` : name).slice(0, MAX_NAME_LENGTH);
}
