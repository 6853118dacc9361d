import { expect, it } from '@jest/globals';
import { finding, proposal, restart } from '../../test/support/rails.js';
import { defaultRails } from '../core/policy/rails.js';
import { railsOf } from './standings.js';
import { workOf } from './work.js';

const careful = finding({ rails: { attempts: 2, attemptWindow: 7, rollback: 'never' } });
const bold = finding({
  control: 'TOY-02',
  rails: { attempts: 9, attemptWindow: 5, plaintextRollback: true },
});
const step = restart('etcd', { findings: [careful, bold] });
const work = workOf(step, proposal([step]).plan);

it('a change that serves several findings keeps to the strictest of their limits, in whatever order', () => {
  const strictest = { attempts: 2, attemptWindow: 7, rollback: 'never', plaintextRollback: false };
  expect(railsOf(work, [careful, bold])).toMatchObject(strictest);
  expect(railsOf({ ...work, about: work.about.toReversed() }, [careful, bold])).toMatchObject(strictest);
});

it('a change that serves none that is still judged keeps to the shipped limits', () => {
  expect(railsOf(work, [])).toEqual(defaultRails);
});
