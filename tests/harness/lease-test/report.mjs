import { toTable } from '../markdown/table.mjs';

const HEAD = ['fault', 'terminations', 'accepted', 'refused', 'latest accepted after an end'];

const MOST_VIOLATIONS = 10;

/** Says in a table what a checked history holds, and below it what broke the promise. */
export function reportOf({ phases, violations }, { failures }) {
  const rows = [...phases].map(([name, phase]) => [
    name,
    ...[phase.terminations, phase.accepted, phase.refused].map(String),
    `${phase.latestMs.toFixed(0)} ms`,
  ]);
  const sums = `${failures} requests were answered otherwise or not at all; ${violations.length} were accepted too late.`;
  const late = violations
    .slice(0, MOST_VIOLATIONS)
    .map(
      ({ sessionId, instance, kind, lateMs, phase }) =>
        `instance ${instance} accepted a ${kind} of ${sessionId} ${lateMs.toFixed(0)} ms after its end (${phase})`,
    );
  return [toTable(HEAD, rows), sums, ...late].join('\n');
}
