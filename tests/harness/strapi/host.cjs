'use strict';

/**
 * Runs one Strapi after another in a process that loads the packages of others only once.
 *
 * Each line on the standard input is the environment of a Strapi. Every module of Strapi, of the plugin
 * and of the app is loaded again for it, as in a new process. When Strapi ends in order and leaves
 * nothing under way, the process says so on both outputs and waits for the next line. Otherwise it
 * exits, as Strapi's own process would.
 */
const Module = require('node:module');
const path = require('node:path');
const { createInterface } = require('node:readline');
const vm = require('node:vm');

const [, , appFolder, ended] = process.argv;
const SERVER = path.join(appFolder, 'server.js');
/** What the process itself holds: its input and its outputs. */
const OWN_RESOURCES = new Set(['PipeWrap']);
const TURNS_TO_CLOSE = 100;

const { exit } = process;
const ownListeners = process.eventNames().map((name) => [name, process.rawListeners(name)]);

keepCompiled();
process.argv = [process.argv[0], SERVER];
process.exit = (code = process.exitCode) => void finish(code);
createInterface({ input: process.stdin })
  .on('line', start)
  .on('close', () => exit(0));

function start(line) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, JSON.parse(line));
  require(SERVER);
}

async function finish(code) {
  if (code || !(await isAtRest())) exit(code);
  forgetModules();
  process.removeAllListeners();
  for (const [name, listeners] of ownListeners)
    for (const listener of listeners) process.on(name, listener);
  for (const output of [process.stdout, process.stderr]) output.write(ended);
}

/** Tells whether all that Strapi began is over. Its sockets take some turns to close. */
async function isAtRest() {
  for (let turn = 0; turn < TURNS_TO_CLOSE; turn += 1) {
    await new Promise(setImmediate);
    if (process.getActiveResourcesInfo().every((name) => OWN_RESOURCES.has(name))) return true;
  }
  return false;
}

/** The packages of others stay: they know neither Strapi nor the plugin. */
function forgetModules() {
  for (const file of Object.keys(require.cache)) {
    if (file !== __filename && !file.endsWith('.node') && !isOfOthers(file))
      delete require.cache[file];
  }
  // A module keeps those that it was the first to load.
  for (const kept of Object.values(require.cache))
    kept.children = kept.children.filter(({ id }) => id in require.cache);
}

function isOfOthers(file) {
  const [, name] = file.split(/.*[\\/]node_modules[\\/]/);
  return name !== undefined && !/^(?:@strapi[\\/]|strapi-plugin-)/.test(name);
}

/** Keeps what modules are compiled to. Each start runs it again, so it keeps no state. */
function keepCompiled() {
  const importModuleDynamically = vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  if (importModuleDynamically === undefined) return; // Node before 20.12
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  const compiled = new Map();
  const { '.js': load } = Module._extensions;
  const { _compile: compile } = Module.prototype;

  const run = (module, file) => {
    const values = [module.exports, Module.createRequire(file), module, file, path.dirname(file)];
    return Reflect.apply(compiled.get(file), module.exports, values);
  };
  Module._extensions['.js'] = (module, file) =>
    compiled.has(file) ? run(module, file) : load(module, file);
  Module.prototype._compile = function (code, file, ...rest) {
    if (isOfOthers(file)) return compile.call(this, code, file, ...rest);
    const options = { filename: file, importModuleDynamically };
    compiled.set(file, vm.compileFunction(code, names, options));
    return run(this, file);
  };
}
