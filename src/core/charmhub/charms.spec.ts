import { expect, it } from '@jest/globals';
import { application, controller, estate, model, unknownFact } from '../../../test/support/world.js';
import { charmsIn } from './charms.js';

it('charms are those that Charmhub may know, each with the models that run it', () => {
  const { controllers } = estate({
    controllers: {
      prod: controller({
        models: {
          data: model({
            applications: {
              etcd: application({ charm: { name: 'charmed-etcd' } }),
              spare: application({ charm: { name: 'charmed-etcd' } }),
              built: application({ charm: { name: 'built', origin: 'local' } }),
              old: application({ charm: { name: 'old', origin: 'charmstore' } }),
              unread: application({ charm: unknownFact('not read') }),
            },
          }),
        },
      }),
      edge: controller({
        models: { lab: model({ applications: { etcd: application({ charm: { name: 'charmed-etcd' } }) } }) },
      }),
    },
  });
  const found = charmsIn(Object.values(controllers));
  expect([...found].map(([name, models]) => [name, models.map((one) => one.name)])).toEqual([
    ['charmed-etcd', ['data', 'lab']],
  ]);
  expect(charmsIn(Object.values(controllers))).toEqual(found);
});
