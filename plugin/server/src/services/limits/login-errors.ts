/**
 * Strapi's client errors without RateLimitError: its own limit refuses before the login is tried.
 */
const REFUSAL_NAMES: ReadonlySet<string> = new Set([
  'ApplicationError',
  'ForbiddenError',
  'UnauthorizedError',
  'ValidationError',
  'YupValidationError',
]);

/** Tells whether an error is a client error, not a server fault. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return REFUSAL_NAMES.has(error.name) || ('status' in error && isClientError(error.status));
}

/** Tells whether a status is a client error (4xx). */
export function isClientError(status: unknown): boolean {
  return Number(status) >= 400 && Number(status) < 500;
}
