import activity from './activity';
import journal from './journal';
import lock from './lock';
import mySession from './my-session';
import session from './session';
import settings from './settings';
import status from './status';

export default { activity, journal, lock, session, settings, status, 'my-session': mySession };
