import { ANY_VALUE, only, type Span, type Values } from '../../services/views/session-list';
import { BadParameter, instantFrom, nested, type Parameters } from './parameters';

/** Reads one value of a field; `null` if it is empty. */
export type ReadValue<T> = (value: unknown, field: string) => T | null;

const OF_VALUES = ['$eq', '$ne', '$in', '$notIn'];
const OF_TIMES = ['$eq', '$gte', '$lte'];

/** The maximum number of values of one field. */
const MAX_VALUES = 100;

/**
 * Reads the condition on a field: a value, an array of values, or Strapi's operators.
 *
 * All operators of a field have to hold. An empty array after `$in` matches nothing, as in Strapi.
 */
export function valuesFrom<T>(filters: Parameters, name: string, read: ReadValue<T>): Values<T> {
  const field = `filters[${name}]`;
  const given = filters[name];
  if (given === undefined) return ANY_VALUE;
  const values = listIn(given);
  if (values) return { among: listFrom(values, field, read), except: [] };
  if (!isObject(given)) {
    const value = read(given, field);
    return value === null ? ANY_VALUE : only(value);
  }
  checkOperators(given, field, OF_VALUES, 'a value, an array of values, or');
  const { $eq, $ne, $in, $notIn } = given;
  const listOf = (operator: string, values: unknown): T[] | null =>
    values === undefined
      ? null
      : listFrom(listIn(values) ?? [values], `${field}[${operator}]`, read);
  const [equal, among] = [listOf('$eq', $eq), listOf('$in', $in)];
  return {
    among: equal && among ? equal.filter((value) => among.includes(value)) : (equal ?? among),
    except: [...(listOf('$ne', $ne) ?? []), ...(listOf('$notIn', $notIn) ?? [])],
  };
}

/** Reads a span of time: an instant, or Strapi's operators, which all have to hold. */
export function spanFrom(filters: Parameters, name: string): Span {
  const field = `filters[${name}]`;
  const given = filters[name];
  if (typeof given === 'string') {
    const atMs = instantFrom(given, field);
    return { fromMs: atMs, toMs: atMs };
  }
  const operators = nested(filters, name, field);
  checkOperators(operators, field, OF_TIMES, 'an instant, or');
  const [atMs = null, fromMs = null, toMs = null] = OF_TIMES.map((operator) =>
    instantFrom(operators[operator], `${field}[${operator}]`),
  );
  if (atMs === null) return { fromMs, toMs };
  return { fromMs: Math.max(atMs, fromMs ?? atMs), toMs: Math.min(atMs, toMs ?? atMs) };
}

function checkOperators(given: Parameters, field: string, known: string[], takes: string): void {
  if (Object.keys(given).every((operator) => known.includes(operator))) return;
  throw new BadParameter(field, `${takes} ${known.join(', ')}`);
}

function listFrom<T>(values: readonly unknown[], field: string, read: ReadValue<T>): T[] {
  if (values.length > MAX_VALUES) throw new BadParameter(field, `at most ${MAX_VALUES} values`);
  return values.map((given) => {
    const value = read(given, field);
    if (value === null) throw new BadParameter(field, 'no empty value');
    return value;
  });
}

/** Returns a list; a long one in a query is an object with the positions as names. */
function listIn(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  if (!isObject(value)) return null;
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => /^\d+$/.test(name))
    ? Object.values(value)
    : null;
}

function isObject(value: unknown): value is Parameters {
  return typeof value === 'object' && value !== null;
}
