/** The errors that Strapi turns into an answer to the client, but for its own limit: with that nothing was tried. */
const REFUSAL_NAMES: ReadonlySet<string> = new Set([
  'ApplicationError',
  'ForbiddenError',
  'UnauthorizedError',
  'ValidationError',
  'YupValidationError',
]);

/** Says whether an error tells a client that it is in the wrong, rather than of a fault here. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return REFUSAL_NAMES.has(error.name) || ('status' in error && isClientError(error.status));
}

/** Says whether a status tells a client that it is in the wrong. */
export function isClientError(status: unknown): boolean {
  return Number(status) >= 400 && Number(status) < 500;
}
