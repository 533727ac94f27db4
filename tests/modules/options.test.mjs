import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
const { coreOptions } = modules.load('services/settings/options');

describe('The options of config/plugins', () => {
  after(() => modules.dispose());

  it('may be given by an earlier name', () => {
    const { terminateOnRoleChange, ...others } = coreOptions({ endOnRoleChange: true });
    assert.equal(terminateOnRoleChange, true);
    assert.ok(!('endOnRoleChange' in others));
  });

  it('go by their current name where both are given, in whichever order', () => {
    for (const options of [
      { endOnRoleChange: true, terminateOnRoleChange: false },
      { terminateOnRoleChange: false, endOnRoleChange: true },
    ]) {
      assert.equal(coreOptions(options).terminateOnRoleChange, false);
    }
  });
});
