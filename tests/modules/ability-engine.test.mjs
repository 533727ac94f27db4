import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, describe, it } from 'node:test';
import { ROOT } from '../harness/paths.mjs';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
after(() => modules.dispose());
const { ownEngineOf: ownEngine, rememberEngine } = modules.load('seams/permissions/ability-engine');

/** Strapi's own engine, as Strapi has it. */
const ofStrapi = createRequire(import.meta.resolve('@strapi/strapi'));
const { engine: package_ } = createRequire(ofStrapi.resolve('@strapi/core'))('@strapi/permissions');

const HOOK = 'before-format::validate.permission';

/** A Strapi with the handler that its content API has, after an app has changed it. */
function strapiWith(change = () => undefined) {
  const providers = { action: new Map(), condition: new Map() };
  const engine = package_.new({ providers });
  engine.on(HOOK, ({ permission }) => permission.action !== 'unknown');
  const permissions = { engine, providers };
  change(engine, permissions);
  return { strapi: { dirs: { app: { root: ROOT } }, contentAPI: { permissions } }, engine };
}

/** Registers the plugin, lets an app change something, and starts the plugin. */
function ownEngineOf(strapi, change = () => undefined) {
  rememberEngine(strapi);
  change(strapi.contentAPI.permissions.engine, strapi.contentAPI.permissions);
  return ownEngine(strapi);
}

const permissions = (...actions) => actions.map((action) => ({ action }));

const PARAMETERS = 'find?status=draft';

/** A question that code of an app may ask of an ability. */
const QUESTIONS = {
  'can do what is permitted': (ability) => ability.can('find'),
  'can do what is not': (ability) => ability.can('create'),
  'can do what does not exist': (ability) => ability.can('unknown'),
  'cannot do what is permitted': (ability) => ability.cannot('find'),
  'cannot do what is not': (ability) => ability.cannot('create'),
  'can do it to something': (ability) => ability.can('find', 'article', 'title'),
  'can do it with parameters': (ability) =>
    ability.can({ name: 'find', params: { status: 'draft' } }),
  'has a rule for it': (ability) => ability.relevantRuleFor('find', 'all')?.action,
  'has possible rules for it': (ability) => ability.possibleRulesFor('find', 'all').length,
  'has rules': (ability) => JSON.stringify(ability.rules),
};

describe('An ability that is built of permitted actions', () => {
  const actions = ['find', PARAMETERS, 'unknown'];
  const rules = [{ action: 'create', subject: 'all' }];

  async function pair() {
    const { strapi, engine } = strapiWith();
    const own = ownEngineOf(strapi);
    const made = await engine.generateAbility(permissions(...actions));
    return { made, built: own.build(own.permittedBy(made)), own };
  }

  for (const [title, ask] of Object.entries(QUESTIONS)) {
    it(`answers as Strapi's own, also after an update, where an app asks whether it ${title}`, async () => {
      const { made, built } = await pair();
      assert.deepEqual(ask(built), ask(made));
      made.update(rules);
      assert.equal(built.update(rules), built, 'calls may be chained');
      assert.deepEqual(ask(built), ask(made));
    });
  }

  it('shares nothing with another one', async () => {
    const { made, built, own } = await pair();
    const another = own.build(own.permittedBy(made));
    built.rules.push({ action: 'create', subject: 'all' });
    built.update(built.rules);
    built.relevantRuleFor('find', 'all').inverted = true;
    for (const untouched of [another, own.build(own.permittedBy(made))]) {
      untouched.update([...untouched.rules]);
      assert.deepEqual([untouched.can('find'), untouched.can('create')], [true, false]);
    }
  });

  it('is not built of rules that say more than an action', async () => {
    const { strapi, engine } = strapiWith();
    const own = ownEngineOf(strapi);
    for (const permission of [
      { action: 'find', subject: 'article' },
      { action: 'find', properties: { fields: ['title'] } },
    ])
      assert.equal(own.permittedBy(await engine.generateAbility([permission])), null);
    assert.equal(own.permittedBy({}), null);
  });
});

describe('Strapi’s own engine', () => {
  it('decides by the actions alone', () => {
    assert.equal(ownEngineOf(strapiWith().strapi).decidesAlone(), true);
  });

  const swapHandler = (engine) => {
    const [handler] = engine.hooks[HOOK].getHandlers();
    engine.hooks[HOOK].delete(handler);
    engine.on(HOOK, () => true);
  };
  const changes = {
    'replaces the registration of permissions': (engine) => {
      engine.createRegisterFunction = (can) => async (permission) => can(permission);
    },
    'adds a handler of its own': (engine) => engine.on('before-evaluate.permission', () => true),
    'adds a handler beside Strapi’s': (engine) => engine.on(HOOK, () => true),
    'swaps Strapi’s handler': swapHandler,
    'replaces the look-up of actions': (_engine, { providers }) => {
      providers.action.get = () => ({});
    },
    'replaces the engine': (_engine, permissions) => {
      permissions.engine = package_.new({ providers: permissions.providers });
      permissions.engine.on(HOOK, () => true);
    },
  };
  for (const [title, change] of Object.entries(changes)) {
    it(`is not trusted where an app ${title} between its registration and its start`, () => {
      assert.notEqual(ownEngineOf(strapiWith().strapi, change)?.decidesAlone() ?? false, true);
    });

    it(`is not trusted where an app ${title} after its start`, () => {
      const { strapi, engine } = strapiWith();
      const own = ownEngineOf(strapi);
      change(engine, strapi.contentAPI.permissions);
      assert.equal(own.decidesAlone(), false);
    });
  }

  it('is not trusted where another plugin has replaced a function before', () => {
    for (const name of ['generateAbility', 'createRegisterFunction']) {
      const { strapi } = strapiWith((engine) => {
        const own = engine[name];
        engine[name] = (...args) => own.apply(engine, args);
      });
      assert.equal(ownEngineOf(strapi), null, name);
    }
  });

  it('says nothing of abilities of another kind', async () => {
    const own = ownEngineOf(strapiWith().strapi);
    const rules = [{ action: 'find', subject: 'all' }];
    assert.deepEqual(own.permittedBy(own.build(['find'])), ['find']);
    assert.equal(own.permittedBy({ rules, can: () => true }), null);
    assert.equal(own.permittedBy(Object.assign(own.build(['find']), { can: () => true })), null);
  });

  it('is not known where it has no lists of actions', () => {
    const { strapi } = strapiWith((_engine, permissions) => delete permissions.providers);
    assert.equal(ownEngineOf(strapi), null);
  });

  it('is not known where its package is not found', () => {
    const { strapi } = strapiWith();
    assert.equal(ownEngineOf({ ...strapi, dirs: { app: { root: '/nowhere' } } }), null);
  });
});
