import { toTable } from '../../../tests/harness/markdown/table.mjs';

const LOAD_HEAD = [
  ...['request', 'tokens', 'connections', 'without, per s', 'with, per s'],
  ...['throughput', 'p99', 'CPU per request'],
];

/** Sets loads as a table: either server's throughput, and the ratios with ÷ without. */
export function loadTable(loads) {
  const rows = loads.map(({ path, connections, count, perSecond, p99Ms, cpuUs }) => [
    ...[`GET ${path}`, String(count), String(connections)],
    ...[perSecond.without.toFixed(0), perSecond.with.toFixed(0)],
    ...[perSecond, p99Ms, cpuUs].map(({ relation }) => spread(relation, 3)),
  ]);
  return toTable(LOAD_HEAD, rows);
}

/** Sets other costs as a table; each is a name, a unit and both servers' figures. */
export function costTable(costs) {
  const rows = costs.map(([what, unit, { without, with: withPlugin, relation }]) => [
    unit ? `${what}, ${unit}` : what,
    without.toFixed(2),
    withPlugin.toFixed(2),
    spread(relation, 2),
  ]);
  return toTable(['what', 'without', 'with', 'added'], rows);
}

/** A median with the bounds of the middle half around it, unless there is but one value. */
function spread({ low, median, high }, digits) {
  const [a, b, c] = [low, median, high].map((number) => number.toFixed(digits));
  return a === c ? b : `${b} (${a} to ${c})`;
}
