import { describeSettings } from '../../../tests/harness/core/core.mjs';

const TYPES = { number: 'integer', choice: 'string', boolean: 'boolean', networks: 'array' };

/** Returns the schemas with the options of the core in the body of `PUT /settings`, all but the keys. */
export function withOptions({ SettingsChange, ...schemas }) {
  const options = describeSettings().filter(({ kind }) => kind !== 'secret');
  const settings = {
    type: 'object',
    properties: Object.fromEntries(options.map((option) => [option.name, schemaOf(option)])),
    additionalProperties: false,
  };
  const properties = { ...SettingsChange.properties, settings };
  return { ...schemas, SettingsChange: { ...SettingsChange, properties } };
}

function schemaOf(option) {
  const { kind, unit, default: fallback, choices, description } = option;
  const takesWords = kind === 'number' && choices !== null;
  return {
    ...(takesWords
      ? { anyOf: [valueOf({ ...option, choices: null }), { type: 'string', enum: choices }] }
      : valueOf(option)),
    default: fallback,
    description: unit === null ? description : `${description} (${unit})`,
  };
}

function valueOf({ kind, min, max, choices }) {
  return {
    type: [TYPES[kind], 'null'],
    ...(kind === 'networks' && { items: { type: 'string' } }),
    ...(choices !== null && { enum: [...choices, null] }),
    ...(min !== null && { minimum: min, maximum: max }),
  };
}
