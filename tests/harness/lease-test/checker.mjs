/**
 * Looks through a history for requests that were accepted although they were sent later than the
 * lease after their session's end was acknowledged.
 *
 * Returns these `violations`, and `phases`: for every name of a phase how many terminations were
 * acknowledged in it, how many requests were accepted and refused that were sent in it, and by how
 * much the latest of those accepted was late (`latestMs`, 0 if none came after an end).
 */
export function checkHistory({ phases, acknowledgements, acceptances, refusals }, leaseMs) {
  const endedAtMs = new Map();
  for (const { sessionId, acknowledgedAtMs } of acknowledgements) {
    const known = endedAtMs.get(sessionId) ?? Number.POSITIVE_INFINITY;
    endedAtMs.set(sessionId, Math.min(known, acknowledgedAtMs));
  }
  const counts = new Map();
  for (const { name } of phases) {
    counts.set(name, { terminations: 0, accepted: 0, refused: 0, latestMs: 0 });
  }
  const at = (ms) => counts.get(phaseAt(phases, ms));

  for (const atMs of endedAtMs.values()) at(atMs).terminations += 1;
  for (const { sentAtMs } of refusals) at(sentAtMs).refused += 1;
  const violations = [];
  for (const request of acceptances) {
    const phase = at(request.sentAtMs);
    phase.accepted += 1;
    const lateMs = request.sentAtMs - (endedAtMs.get(request.sessionId) ?? request.sentAtMs);
    phase.latestMs = Math.max(phase.latestMs, lateMs);
    if (lateMs > leaseMs) {
      violations.push({ ...request, lateMs, phase: phaseAt(phases, request.sentAtMs) });
    }
  }
  return { violations, phases: counts };
}

function phaseAt(phases, ms) {
  const current = phases.findLast(({ fromMs }) => fromMs <= ms) ?? phases[0];
  return current.name;
}
