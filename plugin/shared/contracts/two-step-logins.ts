/** What a login of two steps is to be recorded as. */
export interface LoginOptions {
  /** The name of the method in lists, such as `totp`: 1 to 64 characters. */
  method: string;
  /** The request of the login; without it, the current one. */
  ctx?: object;
}

/** The tokens of a login, and its session. */
export interface ConfirmedLogin {
  jwt: string;
  /** `null` in the mode `legacy-support`. */
  refreshToken: string | null;
  sessionId: string;
}

/** A login whose first step is done. It is no session, and evicts none. */
export interface PendingLogin {
  /**
   * Begins the session of the login and issues its tokens; call it once, after the last step.
   *
   * @throws Error where the user's sessions were terminated since the first step, the user has as
   *   many sessions as allowed, or the login was confirmed before.
   */
  confirm(): Promise<ConfirmedLogin>;
}

/** Logins of plugins that ask for a second factor. */
export interface TwoStepLogins {
  /**
   * Begins a login of which the first step is done, such as the password; nothing is written yet.
   *
   * What ends the user's sessions from now on, another password for instance, also ends this login.
   *
   * @throws RangeError where the user has no id, or the method no name.
   */
  begin(user: { id: number | string }, options: LoginOptions): PendingLogin;
}
