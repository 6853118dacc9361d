import { expect, test } from '@jest/globals';
import { finding, restart, said, scene } from '../../../test/support/rails.js';
import { managed } from './managed.js';

test('what nobody else manages is let through', () => {
  const step = restart();
  expect(said(managed(step, scene({ steps: [step] })))).toBe('- managed by nobody else');
});

test('what Terraform manages is only proposed, and it is said where', () => {
  const owned = finding({ settings: { managedBy: 'terraform', mode: 'propose' } });
  const step = restart('etcd', { findings: [finding(), owned] });
  const verdict = managed(step, scene({ steps: [step] }));
  expect(said(verdict)).toBe('Proposed ManagedByTerraform');
  expect(verdict.hold?.message).toBe(
    'prod:data/etcd is managed by Terraform: change it there, or it would be put back',
  );
});
