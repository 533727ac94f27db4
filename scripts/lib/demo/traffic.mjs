const PAUSE_MS = 2500;

/** Lets one device after the other send a request, until the returned function is called. */
export function keepBusy(devices) {
  let turn = 0;
  const timer = setInterval(() => {
    const device = devices[turn % devices.length];
    turn += 1;
    device.act().catch((error) => console.log(`  a request failed: ${error.message}`));
  }, PAUSE_MS);
  return () => clearInterval(timer);
}
