import mySession from './my-session';
import session from './session';
import settings from './settings';
import status from './status';

export default { session, settings, status, 'my-session': mySession };
