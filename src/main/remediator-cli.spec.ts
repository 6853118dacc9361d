import { expect, it } from '@jest/globals';
import { scriptedController } from '../../test/support/scripted-controller.js';
import { prod } from '../../test/support/world.js';
import { readEnvironment } from '../config/environment.js';
import { virtualClock } from '../simulator/virtual-clock.js';
import { remediatorCli, type Followed } from './remediator-cli.js';

const observer = { user: 'observer', password: '' };
const access = { name: 'prod', addresses: [], observer };

it('drives juju as the policy in force says: an identity taken out of it is used no more', () => {
  const api = scriptedController(prod());
  const remediator = { user: 'remediator', password: 'secret' };
  let followed: Followed = { api, access: { ...access, remediator }, deadline: 60 };
  const cliFor = remediatorCli({
    environment: readEnvironment({}),
    clock: virtualClock(),
    followed: (name) => (name === 'prod' ? followed : undefined),
  });
  const before = cliFor('prod')?.controller;
  followed = { ...followed, access };
  expect([before, cliFor('prod'), cliFor('other')]).toEqual(['prod', undefined, undefined]);
});
