import {
  JOURNAL_FILTERS,
  PAGE,
  SEARCH,
  SESSION_FILTERS,
  SINCE,
  SORT,
  OWN_FILTERS,
} from './parameters.mjs';

/**
 * The description of each route, by its handler: its `query`, the type of its `body`, whether that may be left out, the type of its
 * `answer` (several where one of them is given), whether it is deprecated, and by which statuses it may refuse beyond those of every
 * route of its kind.
 */
export const OPERATIONS = {
  'my-session.find': {
    does: "Lists the user's sessions, newest login first",
    query: [...PAGE, ...OWN_FILTERS],
    answer: 'OwnSessionList',
    refuses: [400],
  },
  'my-session.current': {
    does: 'Shows the session that the token belongs to',
    answer: 'OwnSessionResponse',
    refuses: [404],
  },
  'my-session.terminate': {
    does: "Terminates one of the user's sessions; a second call is harmless",
    answer: 'OwnSessionResponse',
    refuses: [404],
  },
  'my-session.logout': {
    does: 'Terminates the current session; without an access token, that of `refreshToken` in the body, or of the refresh cookie',
    body: 'LogoutRequest',
    isBodyOptional: true,
    answer: 'LogoutResponse',
  },
  'my-session.logoutAll': {
    does: "Terminates all of the user's sessions",
    answer: 'TerminateAllResponse',
  },
  'my-session.logoutOthers': {
    does: "Terminates all of the user's sessions but the current one",
    answer: 'TerminateAllResponse',
    refuses: [404],
  },
  'session.find': {
    does: 'Lists sessions',
    query: [...PAGE, SORT, SEARCH, ...SESSION_FILTERS],
    answer: 'SessionList',
    refuses: [400],
  },
  'session.terminateMatching': {
    does: 'Terminates the sessions that match filters, or counts them',
    body: 'TerminateMatchingRequest',
    answer: ['TerminateAllResponse', 'TerminatePreviewResponse'],
    refuses: [400],
  },
  'session.cleanInactive': {
    does: 'Runs the clean-up now',
    answer: 'CleanUpResponse',
    refuses: [409],
  },
  'session.impactFacts': {
    does: 'Returns the times of the newest sessions as columns of numbers',
    answer: 'ImpactFactsResponse',
  },
  'session.findOne': {
    does: 'Shows one session with its history and how its tokens are kept',
    answer: 'SessionDetailsResponse',
    refuses: [404],
  },
  'session.terminate': {
    does: 'Terminates a session; a second call is harmless',
    answer: 'SessionResponse',
    refuses: [404],
  },
  'session.findOfUser': {
    does: "Lists a user's sessions",
    query: [...PAGE, SORT, SEARCH],
    answer: 'SessionList',
    refuses: [400],
  },
  'session.terminateAllOfUser': {
    does: "Terminates all of a user's sessions",
    answer: 'TerminateAllResponse',
    refuses: [400],
  },
  'session.block': {
    does: "Blocks a user and terminates the user's sessions, or unblocks the user; a second call is harmless",
    body: 'BlockRequest',
    answer: 'BlockResponse',
    refuses: [400, 404],
  },
  'session.toggleBlock': {
    does: 'Blocks a user, or unblocks a user who is blocked; use `block` instead, because the next release lacks this route',
    isDeprecated: true,
    answer: 'BlockResponse',
    refuses: [400, 404],
  },
  'lock.find': {
    does: 'Lists at most 200 users whose accounts are locked after failed logins, the lock that ends last first',
    answer: 'LocksResponse',
  },
  'lock.findAddresses': {
    does: 'Lists the addresses that are locked after failed logins, of those whose locks the journal has of the last day',
    answer: 'AddressLocksResponse',
  },
  'lock.liftAddress': {
    does: 'Forgets the failed logins from the networks of an address; a second call is harmless',
    body: 'UnlockedAddress',
    answer: 'AddressLocksResponse',
    refuses: [400],
  },
  'lock.lift': {
    does: "Lifts the locks of a user's account; a second call is harmless",
    answer: 'LocksResponse',
    refuses: [400, 404],
  },
  'lock.openPlace': {
    does: 'Makes the network of an address known to a user, as a login there would',
    body: 'OpenedPlace',
    answer: 'LocksResponse',
    refuses: [400, 404],
  },
  'journal.find': {
    does: 'Lists the journal, newest first',
    query: [...PAGE, ...JOURNAL_FILTERS],
    answer: 'JournalPage',
    refuses: [400],
  },
  'settings.find': {
    does: 'Shows every option with its value and the source of that value',
    answer: 'SettingsResponse',
  },
  'settings.change': {
    does: 'Sets options; `null` brings back the value of config/plugins',
    body: 'SettingsChange',
    answer: 'SettingsResponse',
    refuses: [400],
  },
  'status.show': {
    does: 'Shows the state of the plugin and counts its sessions',
    query: [SINCE],
    answer: 'StatusResponse',
    refuses: [400],
  },
  'status.showCleanUp': {
    does: 'Shows the progress of a running clean-up, and the counts of the last one',
    answer: 'CleanUpStatusResponse',
  },
  'activity.show': {
    does: 'Counts who is online and the logins of the last 24 hours',
    answer: 'ActivityResponse',
  },
};
