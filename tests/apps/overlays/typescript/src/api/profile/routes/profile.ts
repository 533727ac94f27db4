export default {
  routes: [
    { method: 'GET', path: '/profile', handler: 'profile.show', config: { auth: false as const } },
  ],
};
