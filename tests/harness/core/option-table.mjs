/**
 * Compares the core's table of options with everything that repeats a part of it. Each function takes
 * the table (the answer of `describeSettings`) and a text, and lists the disagreements.
 */
import ts from 'typescript';

/** The options that the server reads by itself, in the order of the types. */
const OPTIONS_OF_THE_SERVER = ['redis', 'principalCache', 'geo', 'cleanupCron'];

/** Compares docs/configuration.md: every column of its table of options. */
export function disagreementsOfPage(table, page) {
  const rows = rowsOf(page);
  const faults = differentNames(
    table.map(({ name }) => name),
    rows.map(({ name }) => name),
  );
  for (const option of table) {
    const row = rows.find(({ name }) => name === option.name);
    if (row === undefined) continue;
    if (!row.description.startsWith(option.description)) faults.push(`${option.name}: description`);
    if (option.kind === 'secret') continue;
    if (row.unit !== (option.unit ?? '–')) faults.push(`${option.name}: unit`);
    if (row.default !== shown(option.default)) faults.push(`${option.name}: default`);
    if (!takes(option).test(row.takes)) faults.push(`${option.name}: takes`);
  }
  return faults;
}

/** Returns a default as the page writes it. */
function shown(value) {
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}

/** Reads the rows of the table of options, each as an object of its plain cells. */
function rowsOf(page) {
  const section = page.split('\n## Options\n')[1].split('\n## ')[0];
  const lines = section.split('\n').filter((line) => line.startsWith('| `'));
  return lines.map((line) => {
    const [name, unit, fallback, values, description] = line.split('|').slice(1).map(plain);
    return { name, unit, default: fallback, takes: values, description };
  });
}

/** Takes backticks and links out of Markdown. */
function plain(markdown) {
  return markdown
    .replaceAll('`', '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim();
}

/** Returns the form of the column "Takes". */
function takes({ kind, min, max, choices }) {
  if (kind === 'boolean') return /^true, false$/;
  if (kind === 'choice') return new RegExp(`^${choices.join(', ')}$`);
  if (kind === 'networks') return /^networks and addresses, comma-separated or a list$/;
  const word = choices === null ? '' : `, or ${choices.join(', ')}`;
  return min === -1
    ? new RegExp(`^[01] to ${max}, or -1 or null$`)
    : new RegExp(`^${min} to ${max}${word}$`);
}

/** Compares the English texts of the settings page: en.json. */
export function disagreementsOfTexts(table, json) {
  const texts = JSON.parse(json);
  const described = Object.keys(texts).flatMap(
    (key) => /^option\.([\w.]+)\.description$/.exec(key)?.[1] ?? [],
  );
  const faults = differentNames(settable(table), described, { anyOrder: true });
  for (const { name, description } of table) {
    if (!described.includes(name)) continue;
    if (texts[`option.${name}.description`] !== description) faults.push(`${name}: description`);
    if (!texts[`option.${name}.name`]) faults.push(`${name}: name`);
  }
  return faults;
}

/** Compares the groups and units of the settings page: optionTexts.ts. */
export async function disagreementsOfGroups(table, source) {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const code = `data:text/javascript,${encodeURIComponent(outputText)}`;
  const { OPTION_GROUPS, OPTION_UNITS } = await import(code);
  const grouped = OPTION_GROUPS.flatMap(({ options }) => options);
  const faults = differentNames(settable(table), grouped, { anyOrder: true });
  for (const { name, unit } of table)
    if ((OPTION_UNITS.get(name) ?? null) !== unit) faults.push(`${name}: unit`);
  return faults;
}

/** Compares the public type of the configuration: plugin/shared/options.ts. */
export function disagreementsOfTypes(table, source) {
  const members = membersOf(source, 'SessionManagerOptions').flatMap((member) =>
    isGroup(table, member.name) ? membersOfGroup(source, member) : member,
  );
  const names = [...table.map(({ name }) => name), ...OPTIONS_OF_THE_SERVER];
  const faults = differentNames(
    names,
    members.map(({ name }) => name),
  );
  for (const option of table) {
    const member = members.find(({ name }) => name === option.name);
    if (member === undefined) continue;
    if (!typesOf(option).includes(member.type)) faults.push(`${option.name}: type`);
    if (!commentOf(option).test(member.comment)) faults.push(`${option.name}: comment`);
  }
  return faults;
}

/** Tells whether options stand in an object of this name; their names begin with it and a dot. */
function isGroup(table, name) {
  return table.some((option) => option.name.startsWith(`${name}.`));
}

/** Reads the options of a group from the interface that its type names, under their whole names. */
function membersOfGroup(source, group) {
  const named = /^(\w+) \| null$/.exec(group.type);
  if (named === null) return [group];
  return membersOf(source, named[1]).map((member) => ({
    ...member,
    name: `${group.name}.${member.name}`,
  }));
}

function typesOf({ kind, choices }) {
  if (kind === 'secret') return ['string | null', 'string | readonly string[] | null'];
  if (kind === 'networks') return ['string | readonly string[] | null'];
  const words = (choices ?? []).map((word) => `'${word}'`);
  const types = kind === 'choice' ? words : [kind, ...words];
  return [`${types.join(' | ')} | null`];
}

/** Returns what the comment of an option has to name: its unit, and the value that lifts its limit. */
function commentOf({ unit, min }) {
  const units = {
    ms: 'Milliseconds',
    days: 'Days',
    sessions: 'Sessions',
    failures: 'Failed logins in a row',
    'failures/day': 'Failed logins in any 24 hours',
  };
  const limit = min === -1 ? '.*-1 or `null`' : '';
  return new RegExp(`${units[unit] ?? ''}${limit}`, 's');
}

/** Compares the description of an option in the HTTP API: plugin/shared/contracts/settings.ts. */
export function disagreementsOfContract(table, source) {
  const members = new Map(membersOf(source, 'SettingView').map((member) => [member.name, member]));
  const faults = [];
  for (const option of table) {
    for (const name of Object.keys(option))
      if (!members.has(name)) faults.push(`${option.name}: ${name}`);
    for (const name of ['kind', 'unit'])
      if (option[name] !== null && !members.get(name)?.type.includes(`'${option[name]}'`))
        faults.push(`${option.name}: ${name}`);
  }
  return faults;
}

/** Compares the names of the environment's keys: services/settings/options.ts of the server. */
export function disagreementsOfKeys(table, source) {
  const body = /KEY_VARIABLES[^{]*\{([^}]*)\}/.exec(source)[1];
  const names = [...body.matchAll(/^\s*(\w+):/gm)].map(([, name]) => name);
  const secrets = table.filter(({ kind }) => kind === 'secret');
  return differentNames(
    secrets.map(({ name }) => name),
    names,
  );
}

/** The type of a kind of option in JSON Schema. */
const JSON_TYPES = { number: 'integer', choice: 'string', boolean: 'boolean', networks: 'array' };

/** Compares the body of `PUT /settings` in OpenAPI: docs/openapi.json. */
export function disagreementsOfOpenApi(table, json) {
  const { SettingsChange } = JSON.parse(json).components.schemas;
  const { properties, additionalProperties } = SettingsChange.properties.settings;
  const faults = differentNames(settable(table), Object.keys(properties ?? {}));
  if (additionalProperties !== false) faults.push('unknown options are allowed');
  for (const option of table) {
    const written = properties?.[option.name];
    if (written === undefined) continue;
    const [value = written, { enum: enumerated } = value] = written.anyOf ?? [];
    const schema = { ...written, ...value, enum: enumerated };
    const kind = JSON_TYPES[option.kind];
    if (!schema.type.includes(kind) || !schema.type.includes('null'))
      faults.push(`${option.name}: type`);
    if (kind === 'array' && schema.items?.type !== 'string') faults.push(`${option.name}: items`);
    if (JSON.stringify(schema.default) !== JSON.stringify(option.default))
      faults.push(`${option.name}: default`);
    if ((schema.minimum ?? null) !== option.min) faults.push(`${option.name}: min`);
    if ((schema.maximum ?? null) !== option.max) faults.push(`${option.name}: max`);
    const words = schema.enum?.filter((word) => word !== null) ?? null;
    if (String(words) !== String(option.choices)) faults.push(`${option.name}: choices`);
    if (!schema.description.startsWith(option.description))
      faults.push(`${option.name}: description`);
    if (option.unit !== null && !schema.description.endsWith(`(${option.unit})`))
      faults.push(`${option.name}: unit`);
  }
  return faults;
}

/** Lists the options that an administrator may set: all but the keys. */
function settable(table) {
  return table.filter(({ kind }) => kind !== 'secret').map(({ name }) => name);
}

function differentNames(expected, found, { anyOrder = false } = {}) {
  const [one, other] = anyOrder ? [[...expected].sort(), [...found].sort()] : [expected, found];
  return String(one) === String(other) ? [] : [`the options are ${other}, not ${one}`];
}

/** Reads the members of an interface: name, type and comment, as they are written; none without it. */
function membersOf(source, name) {
  const file = ts.createSourceFile(`${name}.ts`, source, ts.ScriptTarget.ES2022, true);
  const found = file.statements.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === name,
  );
  return (found?.members ?? []).map((member) => ({
    name: member.name.getText(),
    type: member.type.getText(),
    comment: ts
      .getJSDocCommentsAndTags(member)
      .map((node) => node.getText())
      .join('\n'),
  }));
}
