/**
 * The options of version 4 of the plugin, with what takes their place; `null` for nothing.
 *
 * `lastSeenRateLimit` and `inactivityTimeout` are not among them, because they mean the same.
 */
export const VERSION_4_OPTIONS: Readonly<Record<string, string | null>> = {
  debug: null,
  cleanupInterval: 'cleanupCron',
  retentionDays: 'terminatedRetentionDays',
  maxSessionAgeDays: 'absoluteTimeout, in milliseconds',
  maxFailedLogins: 'failedLogins.perAccount and failedLogins.maxConsecutive',
  sessionCreationGraceMs: null,
  cleanupUseDbDirect: null,
  rateLimitWriteMax: null,
  rateLimitReadMax: null,
  rateLimitWindowSeconds: null,
  strictSessionEnforcement: 'strict',
  enableGeolocation: null,
  enableSecurityScoring: null,
  blockSuspiciousSessions: null,
  enableGeofencing: null,
  allowedCountries: null,
  blockedCountries: null,
  geoIpProvider: null,
  geoIpDatabasePath: null,
  geoLookupFailureMode: null,
  enableEmailAlerts: null,
  alertOnSuspiciousLogin: null,
  alertOnNewLocation: null,
  alertOnVpnProxy: null,
  enableWebhooks: "Strapi's webhooks, with the plugin's events",
  discordWebhookUrl: "Strapi's webhooks, with the plugin's events",
  slackWebhookUrl: "Strapi's webhooks, with the plugin's events",
  trustedProxies:
    "server.proxy of Strapi, and failedLogins.trustedNetworks for servers of one's own",
};

/** Options that both versions have; the bounds of version 4 were wider. */
const COMMON = ['lastSeenRateLimit', 'inactivityTimeout'];

/** Returns the options that only version 4 has, among the given ones. */
export function version4OptionsIn(options: object): string[] {
  return Object.keys(options).filter((name) => Object.hasOwn(VERSION_4_OPTIONS, name));
}

/**
 * Leaves out the options that only version 4 has, and values of common ones that this version refuses.
 *
 * @param isAccepted Tells whether this version accepts a value.
 */
export function withoutVersion4<Value>(
  options: Readonly<Record<string, Value>>,
  isAccepted: (option: string, value: Value) => boolean,
): { options: Record<string, Value>; refused: string[] } {
  const earlier = version4OptionsIn(options);
  if (earlier.length === 0) return { options: { ...options }, refused: [] };
  const refused = COMMON.filter((name) => {
    const value = options[name];
    return value !== undefined && !isAccepted(name, value);
  });
  const left = new Set([...earlier, ...refused]);
  const kept = Object.entries(options).filter(([name]) => !left.has(name));
  return { options: Object.fromEntries(kept), refused };
}
