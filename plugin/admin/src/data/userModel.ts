/** The content type of users. */
export const USER_MODEL = 'plugin::users-permissions.user';
