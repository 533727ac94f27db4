import { comparedApp } from '../harness/comparison/compared-app.mjs';

comparedApp('An app with another prefix of the content API', {
  env: { API_PREFIX: '/content/v2' },
  api: '/content/v2',
});
