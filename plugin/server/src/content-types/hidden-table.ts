/** The properties that differ between the plugin's tables. */
interface Table<Attributes extends object> {
  collectionName: string;
  info: { singularName: string; pluralName: string; displayName: string };
  attributes: Attributes;
  indexes: readonly { name: string; columns: string[]; type?: 'unique' }[];
}

/** Returns the schema of a content type that Strapi hides from its editors. */
export function hiddenTable<Attributes extends object>(table: Table<Attributes>) {
  return {
    kind: 'collectionType',
    options: { draftAndPublish: false },
    pluginOptions: {
      'content-manager': { visible: false },
      'content-type-builder': { visible: false },
    },
    ...table,
  };
}
