import { PLUGIN_NAME } from '../strapi';

/** What a table of the plugin says of itself. */
interface Table<Attributes extends object> {
  /** The singular name, in kebab-case. */
  name: string;
  tableName: string;
  attributes: Attributes;
  indexes: readonly { name: string; columns: readonly string[]; type?: 'unique' }[];
}

/**
 * Returns the model of a table, as Strapi's own core store is one.
 *
 * A model is no content type: Strapi creates and follows its table, and neither exports it nor offers
 * it in REST, GraphQL or the content manager.
 */
export function defineModel<Attributes extends object>(table: Table<Attributes>) {
  const { name, tableName, attributes, indexes } = table;
  return {
    uid: `plugin::${PLUGIN_NAME}.${name}`,
    singularName: name,
    tableName,
    attributes: { id: { type: 'increments' }, ...attributes },
    indexes,
  };
}

/** A model, whatever its attributes are. */
export type Model = ReturnType<typeof defineModel<object>>;
