import { comparedApp } from '../harness/comparison/compared-app.mjs';

comparedApp('An app that extends users-permissions', {
  overlay: 'extension',
  requests: [
    {
      title: 'a user asks for its name at a path of the app',
      send: ({ jwt }) => ({ method: 'GET', path: '/api/users/own-name', bearer: jwt }),
      status: 200,
    },
    {
      title: 'a visitor asks for its name at a path of the app',
      send: () => ({ method: 'GET', path: '/api/users/own-name' }),
      status: 200,
    },
  ],
});
