import journal from './journal';
import mySession from './my-session';
import session from './session';
import settings from './settings';
import status from './status';

export default { journal, session, settings, status, 'my-session': mySession };
