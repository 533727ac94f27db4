const PAUSE_MS = 2500;

/** Lets one device after the other send a request, until the returned function is called. */
export function keepBusy(devices) {
  let turn = 0;
  let isGoing = true;
  const timer = setInterval(() => {
    const device = devices[turn % devices.length];
    turn += 1;
    device.act().catch((error) => {
      if (isGoing) console.log(`  a request failed: ${error.message}`);
    });
  }, PAUSE_MS);
  return () => {
    isGoing = false;
    clearInterval(timer);
  };
}
