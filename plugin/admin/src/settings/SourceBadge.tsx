import { Badge, type BadgeProps } from '@strapi/design-system';

import type { SettingSource } from '../../../shared/contracts';
import { useTranslate } from '../wording/useTranslate';
import { SOURCE_NAMES } from '../wording/optionTexts';

const VARIANTS: Record<SettingSource, BadgeProps['variant']> = {
  default: 'neutral',
  config: 'secondary',
  admin: 'alternative',
};

/** The source of an option's value. */
export function SourceBadge({ source }: { source: SettingSource }) {
  const t = useTranslate();
  return (
    <Badge size="S" variant={VARIANTS[source]}>
      {t(SOURCE_NAMES[source])}
    </Badge>
  );
}
