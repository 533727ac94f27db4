import {
  JOURNAL_FILTERS,
  PAGE,
  SEARCH,
  SESSION_FILTERS,
  SINCE,
  SORT,
  STATE,
} from './parameters.mjs';

/**
 * What each route does, by its handler: its `query`, the type of its `body` and of its `answer`
 * (several where one of them is given), and by which statuses it may refuse beyond those of every
 * route of its kind.
 */
export const OPERATIONS = {
  'my-session.find': {
    does: "Lists the user's sessions, newest login first",
    query: [...PAGE, STATE],
    answer: 'OwnSessionList',
    refuses: [400],
  },
  'my-session.current': {
    does: 'Shows the session that the token belongs to',
    answer: 'OwnSessionResponse',
    refuses: [404],
  },
  'my-session.terminate': {
    does: "Ends one of the user's sessions; again is harmless",
    answer: 'OwnSessionResponse',
    refuses: [404],
  },
  'my-session.logout': { does: 'Ends the current session', answer: 'TerminateAllResponse' },
  'my-session.logoutAll': {
    does: "Ends all of the user's sessions",
    answer: 'TerminateAllResponse',
  },
  'my-session.logoutOthers': {
    does: "Ends all of the user's sessions but the current one",
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
    does: 'Ends the sessions that match filters, or says how many that would be',
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
    does: 'Gives the times of the newest sessions as columns of numbers',
    answer: 'ImpactFactsResponse',
  },
  'session.findOne': {
    does: 'Shows one session with its history and how its tokens are kept',
    answer: 'SessionDetailsResponse',
    refuses: [404],
  },
  'session.terminate': {
    does: 'Ends a session; again is harmless',
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
    does: "Ends all of a user's sessions",
    answer: 'TerminateAllResponse',
    refuses: [400],
  },
  'session.toggleBlock': {
    does: 'Blocks a user, or takes that back',
    answer: 'BlockResponse',
    refuses: [400, 404],
  },
  'journal.find': {
    does: 'Lists the journal, newest first',
    query: [...PAGE, ...JOURNAL_FILTERS],
    answer: 'JournalPage',
    refuses: [400],
  },
  'settings.find': { does: 'Shows every option with its value', answer: 'SettingsResponse' },
  'settings.change': {
    does: 'Sets options; `null` goes back to what config/plugins says',
    body: 'SettingsChange',
    answer: 'SettingsResponse',
    refuses: [400],
  },
  'status.show': {
    does: 'Shows how the plugin and its sessions are doing',
    query: [SINCE],
    answer: 'StatusResponse',
    refuses: [400],
  },
  'status.showCleanUp': {
    does: 'Shows how far the clean-up under way has come, and what the last one did',
    answer: 'CleanUpStatusResponse',
  },
  'activity.show': {
    does: 'Counts who is online and the logins of the last 24 hours',
    answer: 'ActivityResponse',
  },
};
