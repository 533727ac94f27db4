import { comparedApp } from '../harness/comparison/compared-app.mjs';

comparedApp('An app with another path of the admin panel', {
  env: { ADMIN_URL: '/backoffice/panel' },
  panel: '/backoffice/panel',
});
