import { useCallback, useMemo } from 'react';
import { useIntl } from 'react-intl';

import type { LocationView, NetworkKind } from '../../../shared/contracts';
import type { TranslationKey } from './translationId';
import { useTranslate } from './useTranslate';

/** The names of the kinds that say something; a country stands alone otherwise. */
const KIND_NAMES: Partial<Record<NetworkKind, TranslationKey>> = {
  hosting: 'network.hosting',
  relay: 'network.relay',
  tor: 'network.tor',
  vpn: 'network.vpn',
  proxy: 'network.proxy',
  private: 'network.private',
  reserved: 'network.reserved',
};

/** Gives the city, the country and the kind of a network by name; `null` where none is known. */
export function useLocationLabel(): (location: LocationView | null) => string | null {
  const t = useTranslate();
  const { locale } = useIntl();
  const countries = useMemo(
    () => new Intl.DisplayNames([locale, 'en'], { type: 'region' }),
    [locale],
  );
  return useCallback(
    (location) => {
      if (location === null) return null;
      const { city, country, network } = location;
      const kind = KIND_NAMES[network];
      const parts = [city, country && (countries.of(country) ?? country), kind && t(kind)];
      return parts.filter(Boolean).join(', ') || null;
    },
    [countries, t],
  );
}
