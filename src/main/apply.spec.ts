import { expect, it } from '@jest/globals';
import { readEnvironment } from '../config/environment.js';
import { observeOnly } from '../core/policy/policy.js';
import { applyPlans } from './apply.js';

it('changes nothing by a journal that daemons elsewhere may work from', async () => {
  const someone = { user: 'u', password: 'p' };
  const controllers = [{ name: 'prod', addresses: [], observer: someone, remediator: someone }];
  const request = {
    policy: { ...observeOnly, controllers },
    by: 'anna',
    plans: [],
    progress: () => undefined,
  };
  await expect(
    applyPlans(request, readEnvironment({ HOLDFAST_DATABASE: '/etc/holdfast/database' })),
  ).rejects.toThrow(/the journal is in a database .*: holdfast approve the plans/);
});
