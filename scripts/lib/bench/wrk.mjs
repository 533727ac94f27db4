import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { aptInstall } from '../../../tests/harness/tools/apt.mjs';
import { capture } from '../../../tests/harness/process/run.mjs';

/** In seconds; a request that takes longer is lost. */
const TIMEOUT = '30s';

const HELP =
  'The benchmark needs wrk. Install it (Debian, Ubuntu: apt-get install wrk; macOS: brew install wrk) ' +
  'and run this again.';

/** Sends one token after the other from some place on, and prints the figures as JSON at the end. */
const SCRIPT = `
local requests, at = {}, 0
init = function(args)
  at = tonumber(args[2])
  for token in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format('GET', nil, { ['Authorization'] = 'Bearer ' .. token })
  end
end
request = function()
  at = at % #requests + 1
  return requests[at]
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'FIGURES {"requests":%d,"seconds":%f,"p50Ms":%f,"p99Ms":%f,"refused":%d,"lost":%d}\\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
`;

/** Installs wrk by apt-get where none is and that is possible; fails otherwise. */
export async function ensureWrk() {
  if (await isThere()) return;
  if ((await aptInstall('wrk')) && (await isThere())) return;
  throw new Error(HELP);
}

async function isThere() {
  try {
    await capture('which', ['wrk']);
    return true;
  } catch {
    return false;
  }
}

/** Loads a server on 127.0.0.1 with GET requests that use some tokens in turn, from run to run. */
export class Load {
  #sent = 0;
  #folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-wrk-'));
  #tokens = path.join(this.#folder, 'tokens');
  #script = path.join(this.#folder, 'load.lua');

  constructor(tokens) {
    writeFileSync(this.#tokens, `${tokens.join('\n')}\n`);
    writeFileSync(this.#script, SCRIPT);
  }

  /** Returns `{ requests, seconds, p50Ms, p99Ms }`; fails when a request did. */
  async run({ port, path: url, connections, seconds }) {
    const size = [
      '--threads',
      '1',
      '--connections',
      connections,
      '--duration',
      `${seconds}s`,
      '--timeout',
      TIMEOUT,
    ];
    const target = [`http://127.0.0.1:${port}${url}`, '--', this.#tokens, this.#sent];
    const args = [...size, '--script', this.#script, ...target].map(String);
    const output = await capture('wrk', args);
    const figures = JSON.parse(/^FIGURES (.*)$/m.exec(output)[1]);
    const { requests, refused, lost } = figures;
    this.#sent += requests;
    if (refused + lost > 0) throw new Error(`${refused} requests were refused and ${lost} lost`);
    return figures;
  }

  dispose() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
