import { SIDES } from './scripts/lib/layers/rooms.mjs';

const escaped = (text) => text.replace(/[.\\]/g, '\\$&');

/** A pattern for the files of a room, without those of the rooms within it. */
function filesOf({ root, rooms }, name) {
  if (/\.\w+$/.test(name)) return `^${escaped(`${root}/${name}`)}$`;
  const inner = Object.keys(rooms).filter((room) => room.startsWith(`${name}/`));
  const others = inner.map((room) => escaped(room.slice(name.length + 1)));
  const except = others.length > 0 ? `(?!(${others.join('|')})/)` : '';
  return `^${root}/${name}/${except}`;
}

/** Lets a room import only itself and the rooms that are listed for it. */
function roomRule(side, name) {
  const listed = side.rooms[name];
  return {
    name: `${side.root}/${name}`,
    comment: `It may import only: ${listed.join(', ') || 'nothing'} (scripts/lib/layers/rooms.mjs).`,
    severity: 'error',
    from: { path: filesOf(side, name) },
    to: {
      path: `^${side.root}/`,
      pathNot: [name, ...listed].map((room) => filesOf(side, room)),
    },
  };
}

const roomRules = SIDES.flatMap((side) =>
  Object.keys(side.rooms).map((name) => roomRule(side, name)),
);

/** Every file belongs to a room. */
const roomless = SIDES.flatMap((side) => {
  const files = {
    path: `^${side.root}/`,
    pathNot: Object.keys(side.rooms).map((name) => filesOf(side, name)),
  };
  const comment = 'A new folder needs a line in scripts/lib/layers/rooms.mjs.';
  const rule = { name: `${side.root}: a room for every file`, comment, severity: 'error' };
  return [
    { ...rule, from: files, to: {} },
    { ...rule, from: {}, to: files },
  ];
});

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    forbid('no-circle', 'Imports run one way.', {}, { circular: true }),
    forbid(
      'only-shared-loads-pkg',
      'plugin/shared is the only importer of pkg.',
      { path: '^plugin/', pathNot: '^plugin/shared/' },
      { path: '^pkg/' },
    ),
    forbid(
      'server-knows-no-admin',
      'Server and admin meet only in plugin/shared.',
      { path: '^plugin/server/' },
      { path: '^plugin/admin/' },
    ),
    forbid(
      'admin-knows-no-server',
      'Server and admin meet only in plugin/shared.',
      { path: '^plugin/admin/' },
      { path: '^plugin/server/' },
    ),
    forbid(
      'shared-knows-no-side',
      'plugin/shared is below both sides.',
      { path: '^plugin/shared/' },
      { path: '^plugin/(server|admin)/' },
    ),
    forbid(
      'contracts-stand-alone',
      'The contracts are public types: they import only each other.',
      { path: '^plugin/shared/contracts/' },
      { path: '.', pathNot: '^plugin/shared/contracts/' },
    ),
    forbid(
      'stores-know-no-core',
      'Stores do I/O only: they know neither the core nor services.',
      { path: '^plugin/server/src/stores/' },
      { path: '^plugin/shared/', pathNot: '^plugin/shared/contracts/' },
    ),
    forbid(
      'plugin-knows-no-tools',
      'What users install imports neither tests nor scripts.',
      { path: '^plugin/' },
      { path: '^(tests|scripts)/' },
    ),
    forbid(
      'harness-is-below',
      'Tests and scripts import the harness; it imports neither.',
      { path: '^tests/harness/' },
      { path: '^(tests|scripts)/', pathNot: '^tests/harness/' },
    ),
    forbid(
      'tests-import-harness-only',
      'Suites share code through the harness.',
      { path: '^tests/([^/]+)/', pathNot: '^tests/harness/' },
      { path: '^(tests|scripts)/', pathNot: '^tests/(harness|$1)/' },
    ),
    forbid(
      'scripts-import-harness-only',
      'Scripts share code with tests through the harness.',
      { path: '^scripts/' },
      { path: '^tests/', pathNot: '^tests/harness/' },
    ),
    ...roomRules,
    ...roomless,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|dist|build)/|^tests/app/|^tests/matrix/.*-app/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
};
