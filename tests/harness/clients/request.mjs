import http from 'node:http';

const ANSWER_DEADLINE_MS = 60_000;

/**
 * Sends one request to 127.0.0.1 with the path exactly as written, which `fetch` would clean up,
 * and reads the whole answer. `body` is sent as JSON, `bearer` as the Authorization header. Fails
 * when nothing comes for a minute.
 */
export function request(port, method, path, { headers = {}, body, bearer } = {}) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const all = {
    ...(text !== undefined && {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    }),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, headers: all, agent: false };
    const outgoing = http.request(options, (incoming) => {
      let answer = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk) => (answer += chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode,
          headers: incoming.headers,
          text: answer,
          json: parsed(answer),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.setTimeout(ANSWER_DEADLINE_MS, () =>
      outgoing.destroy(new Error(`${method} ${path}: no answer in ${ANSWER_DEADLINE_MS} ms`)),
    );
    // As bytes: a text would turn the headers before it into UTF-8.
    outgoing.end(text === undefined ? undefined : Buffer.from(text));
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
