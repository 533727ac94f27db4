/** What tells one table of the plugin from another. */
interface Table<Attributes extends object> {
  collectionName: string;
  info: { singularName: string; pluralName: string; displayName: string };
  attributes: Attributes;
  indexes: readonly { name: string; columns: string[]; type?: 'unique' }[];
}

/** Describes a content type that Strapi keeps in the database and shows in none of its editors. */
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
