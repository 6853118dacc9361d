import { describe, expect, it, test } from '@jest/globals';
import { retentionFrom } from './settings.js';
import { upQuery } from './targets.js';

const day = 86_400;

describe('the retention of Prometheus', () => {
  test.each([
    ['15d', { kept: 'seconds', seconds: 15 * day }],
    ['30d or 10GiB', { kept: 'seconds', seconds: 30 * day, orSize: '10GiB' }],
    ['512MB', { kept: 'for-ever', orSize: '512MB' }],
  ])('%s', (text, expected) => {
    expect(retentionFrom(text)).toEqual(expected);
  });

  it('is not guessed', () => {
    expect(() => retentionFrom('long')).toThrow('in a form that is not known');
  });
});

describe('the query for what is up', () => {
  const model = { key: 'c:m', controller: 'c', model: 'alice/da"ta', shortName: 'da"ta' };

  it('asks by UUID, and by name for what carries none', () => {
    expect(upQuery({ ...model, uuid: 'u-1' })).toBe(
      'min by (juju_application, juju_unit, job) (max_over_time(up{juju_model_uuid="u-1"}[5m]) or max_over_time(up{juju_model_uuid="",juju_model="da\\"ta"}[5m]))',
    );
  });

  it('asks by name alone where the UUID was not read', () => {
    expect(upQuery(model)).toBe(
      'min by (juju_application, juju_unit, job) (max_over_time(up{juju_model="da\\"ta"}[5m]))',
    );
  });
});
