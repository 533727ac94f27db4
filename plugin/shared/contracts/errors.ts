import type { RefusalReason } from './sessions';

/** What a refusal says of itself, as far as it has something to say. */
export interface ErrorDetails {
  /** Why the session was terminated, or why a login is refused. */
  reason?: RefusalReason;
  /** The parameter or the option that is wrong. */
  field?: string;
  /** The type of the problem, a URI, where a quota is used up. */
  type?: string;
  'violated-policies'?: string[];
}

/** How Strapi and the plugin answer what they refuse. */
export interface ErrorResponse {
  data: null;
  error: { status: number; name: string; message: string; details: ErrorDetails };
}
