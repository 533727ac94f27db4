'use strict';

// The apps run over plain HTTP on the loopback address only, hence cookies without `secure`.
module.exports = ({ env }) => ({
  url: env('ADMIN_URL', '/admin'),
  serveAdminPanel: env.bool('SERVE_ADMIN', true),
  auth: {
    secret: env('ADMIN_JWT_SECRET'),
    cookie: { secure: false },
  },
  apiToken: { salt: env('API_TOKEN_SALT') },
  transfer: { token: { salt: env('TRANSFER_TOKEN_SALT') } },
  secrets: { encryptionKey: env('ENCRYPTION_KEY') },
  rateLimit: { enabled: env.bool('RATE_LIMIT', true) },
  flags: { nps: false, promoteEE: false },
});
