import type { RefusalReason } from './sessions';

/** Details of an error; each field is present only where it applies. */
export interface ErrorDetails {
  /** Why the session was terminated, or why the login is refused. */
  reason?: RefusalReason;
  /** The invalid parameter or option. */
  field?: string;
  /**
   * The URI of the problem type, where a quota is used up (draft-ietf-httpapi-ratelimit-headers).
   */
  type?: string;
  /** The names of the quotas that are used up. */
  'violated-policies'?: string[];
}

/** The error response of Strapi and of the plugin. */
export interface ErrorResponse {
  data: null;
  error: { status: number; name: string; message: string; details: ErrorDetails };
}
