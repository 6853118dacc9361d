import { describe, expect, it } from '@jest/globals';
import type { PodAnswer, PodPlace } from '../../core/ports/kube.js';
import { inquiries, looksOf } from './inquiries.js';
import { kubeReader } from './kube-reader.js';
import { scriptOf } from './script.js';

const place = { model: 'prod:admin/data', unit: 'kafka/0' };
const inquiry = inquiries.find(({ id }) => id === 'kafka 3 on Kubernetes');
const looks = inquiry === undefined ? [] : looksOf(inquiry);

function reader(answer: PodAnswer) {
  const asked: { readonly place: PodPlace; readonly command: readonly string[] }[] = [];
  const run = (where: PodPlace, command: readonly string[]): Promise<PodAnswer> => {
    asked.push({ place: where, command });
    return Promise.resolve(answer);
  };
  return { asked, reader: kubeReader({ run }) };
}

describe('looks through the cluster', () => {
  it('run the same command as through Juju, beside the workload', async () => {
    const { asked, reader: kube } = reader({ stdout: '== 0\n|listeners=SSL://:9093\n|?0\n' });
    const [first, second] = await kube.look(place, looks);
    expect(asked).toEqual([
      {
        place: { namespace: 'data', pod: 'kafka-0', container: 'charm' },
        command: ['/bin/bash', '-c', scriptOf(looks)],
      },
    ]);
    expect(first).toEqual({ text: 'listeners=SSL://:9093\n' });
    expect(second).toEqual({ missing: 'the unit printed no answer to it' });
  });

  it('run no other command', async () => {
    const { asked, reader: kube } = reader({ stdout: '' });
    const answers = await kube.look(place, [{ kind: 'stat', paths: ['/etc/shadow'] }]);
    expect([asked, answers]).toEqual([[], [{ missing: 'no command but our own is run on units' }]]);
  });

  it('tell of every look why nothing was seen', async () => {
    const missing = { missing: 'forbidden', permission: 'pods/exec' };
    const answers = await reader(missing).reader.look(place, looks);
    expect(answers).toEqual(looks.map(() => missing));
  });

  it('leave actions to Juju', async () => {
    expect(await reader({ stdout: '' }).reader.act(place, 'get-listeners')).toMatchObject({
      missing: 'the action get-listeners is run by Juju only',
    });
  });
});
