import { afterEach, describe, expect, it } from '@jest/globals';
import { answering, certificate, connected, endAll } from '../../../test/support/juju-links.js';
import { failureOf } from '../../../test/support/juju-connection.js';
import { eventually } from '../../../test/support/juju-server.js';
import { largeAnswer } from '../../../test/support/large-answer.js';
import { LastAnswer, sameAsBefore } from './last-answer.js';

const status = { facade: 'Client', request: 'FullStatus', params: { patterns: [] } } as const;
const users = { facade: 'UserManager', request: 'UserInfo' } as const;

afterEach(endAll);

describe('an answer', () => {
  it('that says the same as the last one is not read, until that is forgotten', async () => {
    const server = await answering((_, count) => ({ response: { told: count > 3, more: ['a', 'b'] } }));
    const { link } = connected([server], certificate.caCert);
    const last = new LastAnswer();
    const answers: unknown[] = [];
    for (let call = 0; call < 4; call += 1) {
      answers.push((await link.call(status, { last })).answer);
      if (call === 1) last.forget();
    }
    const [first, second, third, fourth] = answers;
    expect([first, second, third]).toEqual([
      { told: false, more: ['a', 'b'] },
      sameAsBefore,
      { told: false, more: ['a', 'b'] },
    ]);
    expect(fourth).toEqual({ told: true, more: ['a', 'b'] });
  });

  it('that is large is read whole, while a small one overtakes it', async () => {
    const large = largeAnswer({ applications: 40, unitsEach: 50 });
    const server = await answering(({ call }) => ({
      response: call === 'Client.FullStatus' ? large : { a: 1 },
    }));
    const { link } = connected([server], certificate.caCert);
    const [one, two] = await Promise.all([link.call(status), link.call(users)]);
    expect(one.answer).toEqual(large);
    expect(two.answer).toEqual({ a: 1 });
  });

  it('that is large and no JSON ends the connection', async () => {
    const broken = `{"request-id":2,"response":{"a":[${'1,'.repeat(400_000)}]}}`;
    const server = await answering(() => ({ raw: broken }));
    const { link } = connected([server], certificate.caCert);
    await expect(link.call(status)).rejects.toThrow('the controller sent something that is no JSON');
  });

  it('that comes too late is not read, whatever it is', async () => {
    const raw = '{"request-id":2,"response":{ no JSON';
    const server = await answering((_, count) =>
      count === 1 ? 'mute' : count === 2 ? { raw } : { response: {} },
    );
    const { link, clock } = connected([server], certificate.caCert, { pingEvery: 1e12, callTimeout: 1000 });
    for (const call of [1, 2]) {
      const given = failureOf(link.call(status));
      await eventually('the call', () => server.count('Client.FullStatus') === call);
      await clock.advance(1000);
      expect((await given).message).toContain('no answer within 1 s');
    }
    expect((await link.call(status)).answer).toEqual({});
    expect(server.accepted).toBe(1);
  });
});
