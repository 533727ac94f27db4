import { toTable } from '../markdown/table.mjs';
import { CELLS, traitsOf } from './cells.mjs';

const TITLES = ['Node', 'Strapi', 'Database', 'Bundler', 'App in', 'Acceptance suite'];

/** Sets the results of some cells as a table in Markdown, in the order of the cells; a canary is last. */
export function tableOf(results) {
  const placeOf = ({ cell }) => (cell.canary ? CELLS.length : CELLS.indexOf(cell));
  const inOrder = [...results].sort((one, other) => placeOf(one) - placeOf(other));
  const rows = inOrder.map(({ cell, version, verdict }) => [
    version,
    cell.strapi,
    ...traitsOf(cell),
    verdict,
  ]);
  return toTable(TITLES, rows);
}

/** Reads the results from a text that holds such a table; rows of what is no cell are left out. */
export function resultsIn(text) {
  const rows = text.split('\n').map((line) => line.split('|').map((value) => value.trim()));
  return rows.flatMap(([, version = '', strapi, database, bundler, language, verdict]) => {
    const traits = String([database, bundler, language]);
    const isRow = (cell) =>
      version.startsWith(`${cell.node}.`) &&
      strapi === cell.strapi &&
      String(traitsOf(cell)) === traits;
    const cell = CELLS.find(isRow);
    return cell ? [{ cell, version, verdict }] : [];
  });
}

/** Puts results in the place of those that the same cells had before. */
export function updated(before, results) {
  const isRunAgain = ({ cell }) => results.some((result) => result.cell === cell);
  return [...before.filter((result) => !isRunAgain(result)), ...results];
}
