import { defineModel } from './model';

/**
 * Single values, such as the settings, as JSON.
 *
 * They are not in Strapi's core store, because an import empties that.
 */
export default defineModel({
  name: 'value',
  tableName: 'magic_sessionmanager_values',
  attributes: {
    key: { type: 'string', required: true },
    value: { type: 'text', required: true },
  },
  indexes: [{ name: 'magic_sessionmanager_values_uq', columns: ['key'], type: 'unique' }],
});
