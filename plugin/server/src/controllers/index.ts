import activity from './activity';
import journal from './journal';
import mySession from './my-session';
import session from './session';
import settings from './settings';
import status from './status';

export default { activity, journal, session, settings, status, 'my-session': mySession };
