/** The events of one run of the test of the lease. Every instant is one of the driver's `performance.now()`. */
export class History {
  /** `{ name, fromMs }`, in order; each lasts until the next one begins. */
  phases = [];
  /** `{ sessionId, acknowledgedAtMs }` for every termination that was answered. */
  acknowledgements = [];
  /** `{ sessionId, sentAtMs, instance, kind }` for every request, or refresh, that was accepted. */
  acceptances = [];
  /** The same for every request that was refused. */
  refusals = [];
  /** How many requests got another answer, or none: an instance was dead, or its database away. */
  failures = 0;

  begin(name) {
    this.phases.push({ name, fromMs: performance.now() });
  }

  acknowledge(sessionId) {
    const acknowledgedAtMs = performance.now();
    this.acknowledgements.push({ sessionId, acknowledgedAtMs });
    return acknowledgedAtMs;
  }

  /** Notes what became of a request by the status of its answer. */
  answered(status, request) {
    if (status === 200) this.acceptances.push(request);
    else if (status === 401) this.refusals.push(request);
    else this.failures += 1;
  }
}
