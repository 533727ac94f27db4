const text = (example) => ({ schema: { type: 'string' }, example });

/** The fields that every answer to a signed-in user carries. */
export const QUOTA_HEADERS = {
  'RateLimit-Policy': text('"default";q=60;w=60'),
  RateLimit: text('"default";r=59;t=1'),
};

const REASON_HEADER = {
  'X-Session-Terminated-Reason': {
    description: 'Why the session was terminated; absent if the refusal concerns no session.',
    schema: { $ref: '#/components/schemas/RefusalReason' },
  },
};

/** The meaning of each refusal in the two APIs, by its status, and its fields. */
const MEANINGS = {
  400: { description: 'A parameter is wrong; `error.details.field` names it.' },
  401: {
    admin: { description: "There is no valid administrator's token." },
    'content-api': {
      description:
        'The token is not valid, its session is terminated, or it belongs to no user. `error.details.reason` says why a session was terminated.',
      headers: REASON_HEADER,
    },
  },
  403: {
    admin: { description: "The administrator's role lacks the permission." },
    'content-api': { description: 'Nobody is signed in, or the role lacks the permission.' },
  },
  404: { description: 'There is no such session or user, or the session belongs to another user.' },
  409: { description: 'A clean-up is already running.' },
  429: {
    description: "The user's quota is used up.",
    headers: { ...QUOTA_HEADERS, 'Retry-After': text('1') },
  },
};

const EVERYWHERE = { admin: [401, 403], 'content-api': [401, 403, 429] };

/** Returns the responses by which a route of a kind may refuse, beyond those of every such route. */
export function refusals(kind, statuses = []) {
  const all = [...statuses, ...EVERYWHERE[kind]].sort((a, b) => a - b);
  return Object.fromEntries(all.map((status) => [status, refusal(MEANINGS[status], kind)]));
}

function refusal(meaning, kind) {
  const schema = { $ref: '#/components/schemas/ErrorResponse' };
  return { ...(meaning[kind] ?? meaning), content: { 'application/json': { schema } } };
}
