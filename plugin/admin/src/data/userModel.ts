/** The content type of the users whose sessions these are. */
export const USER_MODEL = 'plugin::users-permissions.user';
