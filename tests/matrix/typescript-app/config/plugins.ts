import type { Core } from '@strapi/strapi';
import type { SessionManagerOptions } from 'strapi-plugin-magic-sessionmanager/types';

export default ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Plugin => {
  const options: SessionManagerOptions = {
    ...env.json('MAGIC_CONFIG', {}),
    terminatedRetentionDays: 30,
    encryptionKey: process.env.SESSION_ENCRYPTION_KEY,
  };
  return {
    'magic-sessionmanager': { enabled: true, config: options },
    'users-permissions': {
      config: {
        jwtSecret: env('JWT_SECRET'),
        jwtManagement: env('UP_JWT_MANAGEMENT'),
        ratelimit: { enabled: env.bool('RATE_LIMIT', true) },
      },
    },
  };
};
