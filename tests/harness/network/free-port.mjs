import { createServer } from 'node:net';

/** The ports lie below those that systems choose by themselves. Each process has a range. */
const FIRST_PORT = 20_000;
const PROCESSES = 240;
const PORTS_EACH = 50;

let ports = null;
let portsGiven = 0;

/**
 * Finds a TCP port on the loopback address that nothing listens on, and that no other process of the
 * tests will find before somebody does.
 */
export async function freePort() {
  ports ??= claimPorts();
  const first = await ports;
  for (let tries = 0; tries < PORTS_EACH; tries += 1) {
    const port = first + (portsGiven % PORTS_EACH);
    portsGiven += 1;
    const probe = await listenerOn(port);
    if (!probe) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
  throw new Error(`something listens on all ports from ${first} to ${first + PORTS_EACH - 1}`);
}

/** Claims a range for this process, by listening on a port before it, and returns the first of it. */
async function claimPorts() {
  for (let tries = 0; tries < PROCESSES; tries += 1) {
    const place = (process.pid + tries) % PROCESSES;
    const claim = await listenerOn(FIRST_PORT + place * (PORTS_EACH + 1));
    if (!claim) continue;
    claim.unref();
    return claim.address().port + 1;
  }
  throw new Error(`all ranges of ports from ${FIRST_PORT} on are claimed`);
}

/** Returns what listens on a port, or nothing where something does already. */
function listenerOn(port) {
  return new Promise((resolve) => {
    const listener = createServer();
    listener.on('error', () => resolve(null));
    listener.listen(port, '127.0.0.1', () => resolve(listener));
  });
}
