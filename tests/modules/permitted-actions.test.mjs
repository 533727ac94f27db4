import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const MAX_AGE_MS = 2000;

// An evaluation that is made again cannot be told from one that is remembered, from outside.
describe('An evaluation of permissions that is remembered', () => {
  const modules = new ServerModules();
  const { createPermittedActions } = modules.load('services/principals/permitted-actions');
  let now;
  let evaluations;
  beforeEach(() => {
    now = 0;
    modules.time.monotonicMs = () => now;
    evaluations = createPermittedActions();
  });
  after(() => modules.dispose());

  const counted = () => {
    const made = [];
    return { made, make: async () => made[made.push({}) - 1] };
  };

  it('is that of the same actions in the same order, until its age', async () => {
    const { made, make } = counted();
    const first = await evaluations.of(['a', 'b'], make);
    assert.equal(await evaluations.of(['a', 'b'], make), first);
    for (const others of [['a'], [], ['b', 'a'], ['a', 'b', 'c'], ['ab'], ['a,b'], ['a b']])
      assert.notEqual(await evaluations.of(others, make), first, others.join());
    now += MAX_AGE_MS - 1;
    assert.equal(await evaluations.of(['a', 'b'], make), first);
    now += 1;
    assert.notEqual(await evaluations.of(['a', 'b'], make), first);
    assert.equal(made.length, 9);
  });

  it('is not that of an action whose name has a line break', async () => {
    const { make } = counted();
    const first = await evaluations.of(['a', 'b'], make);
    assert.notEqual(await evaluations.of(['a\nb'], make), first);
  });

  it('never is one that could not be made', async () => {
    const { make } = counted();
    const fail = () => Promise.reject(new Error('no outcome'));
    await assert.rejects(evaluations.of(['a'], fail), /no outcome/);
    assert.ok(await evaluations.of(['a'], make));
  });

  it('is one of 200 at the most, with a million characters', async () => {
    const rememberedOf = async (name) => {
      const { made, make } = counted();
      for (let role = 0; role < 1000; role += 1) await evaluations.of([name(role)], make);
      made.length = 0;
      for (let role = 999; role >= 0; role -= 1) await evaluations.of([name(role)], make);
      return 1000 - made.length;
    };
    const few = await rememberedOf((role) => `action ${role}`);
    assert.ok(few > 0 && few <= 200, `${few} were remembered`);
    const long = await rememberedOf((role) => `${role} ${'x'.repeat(100_000)}`);
    assert.ok(long > 0 && long <= 10, `${long} long ones were remembered`);
  });
});
