import { PERMISSIONS } from '../permissions';

const route = (method: string, path: string, handler: string, permission: string) => ({
  method,
  path,
  handler,
  config: {
    policies: [
      'admin::isAuthenticatedAdmin',
      { name: 'admin::hasPermissions', config: { actions: [permission] } },
    ],
  },
});

/** The administrators' API, under `/magic-sessionmanager`. */
export default [
  route('GET', '/sessions', 'session.find', PERMISSIONS.read),
  route('POST', '/sessions/terminate', 'session.terminateMatching', PERMISSIONS.terminate),
  route('POST', '/sessions/clean-inactive', 'session.cleanInactive', PERMISSIONS.terminate),
  route('GET', '/sessions/impact-facts', 'session.impactFacts', PERMISSIONS.read),
  route('GET', '/sessions/:sessionId', 'session.findOne', PERMISSIONS.read),
  route('POST', '/sessions/:sessionId/terminate', 'session.terminate', PERMISSIONS.terminate),
  route('GET', '/user/:userId/sessions', 'session.findOfUser', PERMISSIONS.read),
  route('POST', '/user/:userId/terminate-all', 'session.terminateAllOfUser', PERMISSIONS.terminate),
  route('POST', '/user/:userId/block', 'session.block', PERMISSIONS.block),
  // The predecessor of `block`, for one release.
  route('POST', '/user/:userId/toggle-block', 'session.toggleBlock', PERMISSIONS.block),
  route('GET', '/locks', 'lock.find', PERMISSIONS.read),
  route('GET', '/locks/addresses', 'lock.findAddresses', PERMISSIONS.read),
  route('POST', '/locks/addresses/unlock', 'lock.liftAddress', PERMISSIONS.block),
  route('POST', '/user/:userId/unlock', 'lock.lift', PERMISSIONS.block),
  route('POST', '/user/:userId/places', 'lock.openPlace', PERMISSIONS.block),
  route('GET', '/journal', 'journal.find', PERMISSIONS.read),
  route('GET', '/settings', 'settings.find', PERMISSIONS.settings),
  route('PUT', '/settings', 'settings.change', PERMISSIONS.settings),
  route('GET', '/status', 'status.show', PERMISSIONS.read),
  route('GET', '/status/clean-up', 'status.showCleanUp', PERMISSIONS.read),
  route('GET', '/activity', 'activity.show', PERMISSIONS.read),
];
