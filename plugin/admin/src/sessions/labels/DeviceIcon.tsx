import { Globe, Monitor } from '@strapi/icons';

import type { DeviceType } from '../../../../shared/contracts';

/** An icon for the kind of a device. It is decorative: the name belongs beside it as text. */
export function DeviceIcon({ type }: { type: DeviceType }) {
  switch (type) {
    case 'desktop':
      return <Monitor aria-hidden focusable={false} />;
    case 'mobile':
      return (
        <Handheld screen="M10 2h12a3 3 0 0 1 3 3v22a3 3 0 0 1-3 3H10a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3z" />
      );
    case 'tablet':
      return (
        <Handheld screen="M7 2h18a3 3 0 0 1 3 3v22a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3z" />
      );
    case 'other':
      return <Globe aria-hidden focusable={false} />;
  }
}

/** A phone or a tablet in the style of Strapi's icons, which lack both. */
function Handheld({ screen }: { screen: string }) {
  const speaker = 'M13.5 25a1 1 0 0 0 0 2h5a1 1 0 0 0 0-2z';
  return (
    <svg
      viewBox="0 0 32 32"
      width={16}
      height={16}
      fill="currentColor"
      aria-hidden
      focusable={false}
    >
      <path fillRule="evenodd" d={`${screen}${speaker}`} />
    </svg>
  );
}
