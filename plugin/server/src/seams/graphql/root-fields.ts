/** The fields that a part of an operation selects. */
interface Selections {
  selectionSet?: { selections: readonly Selection[] };
}

/** A field, or a fragment with further fields. */
interface Selection extends Selections {
  kind: string;
  name?: { value: string };
}

/** An operation or a fragment. */
interface Definition extends Selections {
  kind: string;
  name?: { value: string };
}

/** A parsed and validated GraphQL document. */
export interface Document {
  definitions: readonly Definition[];
}

/** An operation of a document. */
export interface Operation extends Selections {
  operation: string;
}

/** Returns the names of the fields that an operation asks for first, those in fragments included. */
export function rootFieldsOf(operation: Operation, { definitions }: Document): string[] {
  const fragments = new Map(
    definitions
      .filter(({ kind }) => kind === 'FragmentDefinition')
      .map((fragment) => [fragment.name?.value, fragment]),
  );
  // A validated document has no fragments in a circle.
  const fieldsIn = ({ selectionSet }: Selections): string[] =>
    (selectionSet?.selections ?? []).flatMap((selection) => {
      const name = selection.name?.value ?? '';
      if (selection.kind === 'Field') return [name];
      return fieldsIn(fragments.get(name) ?? selection);
    });
  return fieldsIn(operation);
}
