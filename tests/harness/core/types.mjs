import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const DECLARATIONS = fileURLToPath(
  new URL('../../../pkg/magic_sessionmanager.d.ts', import.meta.url),
);

/** The types that apps and front ends may import. */
const PUBLIC = fileURLToPath(new URL('../../../plugin/shared/public.ts', import.meta.url));

const program = ts.createProgram([DECLARATIONS, PUBLIC], {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
});
const checker = program.getTypeChecker();
const exported = exportsOf(DECLARATIONS);

function exportsOf(file) {
  const symbols = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(file)),
  );
  return new Map(symbols.map((symbol) => [symbol.name, symbol]));
}

/** Lists what the declarations fail to compile with; empty when they are sound. */
export function faultsOfDeclarations() {
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file && path.resolve(file.fileName) === DECLARATIONS)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** Lists the names that the declarations export. */
export function exportedNames() {
  return [...exported.keys()];
}

/** Lists the values that a union of literals allows, in order of declaration. */
export function literalsOf(typeName) {
  return declared(typeName).types.map((type) => type.value);
}

/** Lists the values that a union of literals allows in the types for apps, in order of declaration. */
export function publicLiteralsOf(typeName) {
  const type = checker.getDeclaredTypeOfSymbol(exportsOf(PUBLIC).get(typeName));
  return type.types.map(({ value }) => value);
}

/** Lists the values that `type` has in a union of objects, in order of declaration. */
export function kindsOf(typeName) {
  return declared(typeName).types.map((type) => typeOf(type.getProperty('type')).value);
}

/** Lists the names of a type's properties. */
export function propertiesOf(typeName) {
  return declared(typeName)
    .getProperties()
    .map(({ name }) => name);
}

/** Lists how a value departs from a declared type: wrong types, missing and surplus properties. */
export function departures(value, typeName) {
  return compare(value, declared(typeName), typeName);
}

/** Lists how a value departs from the declared result of a function, or of a method: `Core.open`. */
export function departuresOfResult(name, value) {
  const [owner, method] = name.split('.');
  const type = method === undefined ? typeOf(exported.get(owner)) : methodType(owner, method);
  return compare(value, type.getCallSignatures()[0].getReturnType(), name);
}

function methodType(owner, method) {
  return typeOf(declared(owner).getProperty(method));
}

function typeOf(symbol) {
  return checker.getTypeOfSymbol(symbol);
}

function declared(name) {
  return checker.getDeclaredTypeOfSymbol(exported.get(name));
}

function compare(value, type, at) {
  if (type.isUnion()) {
    const attempts = type.types.map((option) => compare(value, option, at));
    return attempts.some(({ length }) => length === 0)
      ? []
      : [`${at}: ${shown(value)} is not ${text(type)}`];
  }
  if (checker.isArrayType(type)) return compareList(value, checker.getTypeArguments(type)[0], at);
  if (type.flags & ts.TypeFlags.Object) return compareObject(value, type, at);
  return isPrimitive(value, type) ? [] : [`${at}: ${shown(value)} is not ${text(type)}`];
}

function compareList(value, element, at) {
  if (!Array.isArray(value)) return [`${at}: ${shown(value)} is not a list`];
  return value.flatMap((item, index) => compare(item, element, `${at}[${index}]`));
}

/** The typed arrays of results. */
const TYPED_ARRAYS = { Uint32Array };

function compareObject(value, type, at) {
  const typedArray = TYPED_ARRAYS[type.symbol?.name];
  if (typedArray)
    return value instanceof typedArray ? [] : [`${at}: ${shown(value)} is not ${text(type)}`];
  const isPlain = value !== null && typeof value === 'object' && !Array.isArray(value);
  if (!isPlain || Object.getPrototypeOf(value) !== Object.prototype)
    return [`${at}: ${shown(value)} is not a plain object`];
  const names = type.getProperties().map(({ name }) => name);
  const surplus = Object.keys(value).filter((name) => !names.includes(name));
  return [
    ...surplus.map((name) => `${at}.${name}: not declared`),
    ...type
      .getProperties()
      .flatMap((property) =>
        compare(value[property.name], typeOf(property), `${at}.${property.name}`),
      ),
  ];
}

function isPrimitive(value, type) {
  const { flags, value: literal } = type;
  if (flags & ts.TypeFlags.Null) return value === null;
  if (flags & ts.TypeFlags.Void) return value === undefined;
  if (flags & ts.TypeFlags.BooleanLiteral)
    return typeof value === 'boolean' && String(value) === text(type);
  if (flags & (ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral)) return value === literal;
  if (flags & ts.TypeFlags.String) return typeof value === 'string';
  if (flags & ts.TypeFlags.Number) return typeof value === 'number';
  if (flags & ts.TypeFlags.BooleanLiteral) return String(value) === text(type);
  if (flags & ts.TypeFlags.Boolean) return typeof value === 'boolean';
  return false;
}

function shown(value) {
  return JSON.stringify(value) ?? typeof value;
}

function text(type) {
  return checker.typeToString(type);
}
