import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, manual, notSeen, pass } from '../../core/judgement.js';
import type { CloudState } from '../../core/snapshot.js';
import { lookup } from '../shared/lookup.js';
import { documents } from './documents.js';

/** The clouds' own security guides, by Juju's name of the provider. */
const guides: Readonly<Record<string, string>> = {
  openstack: 'https://docs.openstack.org/security-guide/',
  ec2: 'https://docs.aws.amazon.com/security/',
  azure: 'https://learn.microsoft.com/azure/security/fundamentals/',
  gce: 'https://cloud.google.com/docs/security',
  maas: 'https://maas.io/docs/how-to-enhance-maas-security',
  lxd: 'https://documentation.ubuntu.com/lxd/latest/explanation/security/',
  oci: 'https://docs.oracle.com/iaas/Content/Security/Concepts/security_guide.htm',
  vsphere: 'https://www.vmware.com/solutions/security/hardening-guides',
  kubernetes: 'https://kubernetes.io/docs/concepts/security/',
  k8s: 'https://kubernetes.io/docs/concepts/security/',
  unmanaged: 'https://documentation.ubuntu.com/security/',
  manual: 'https://documentation.ubuntu.com/security/',
};

export const recognisedCloud = defineControl({
  id: 'JUJU-CLOUD-01',
  title: 'The cloud is recognised, and its own security guide known',
  severity: 'info',
  section: 'Cloud',
  rationale: 'Nothing on a cloud is safer than the cloud: its own hardening comes first.',
  references: [documents.etcdGuide, documents.supportedClouds, ...new Set(Object.values(guides))],
  evidence: ['J'],
  scope: 'controller',
  params: z.object({}),
  reasons: { CloudNotRecognised: 'The kind of cloud is not one whose security guide is known here.' },
  remediation: 'manual',
  fixableBy: 'cloud',
  manual: "Find the security guide of the cloud's vendor and follow it; attest that it was done.",
  hazards: [],
  evaluate(view) {
    const fact = view.get('clouds');
    const wanted = 'a known kind of cloud';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const clouds = Object.entries(fact.value);
    const strange = clouds.filter(([, { type }]) => lookup(guides, type) === undefined);
    const seen = evidenceOf(fact, clouds.map(([name, { type }]) => `${name}: ${type}`).join(', '), wanted);
    if (strange.length > 0) return manual('CloudNotRecognised', `not recognised: ${labels(strange)}`, seen);
    const links = new Set(clouds.map(([, { type }]) => lookup(guides, type) ?? ''));
    return pass(`${labels(clouds)}; see ${[...links].join(', ')}`, seen);
  },
});

function labels(clouds: readonly (readonly [string, CloudState])[]): string {
  return clouds.map(([name, { type }]) => `${name} (${type})`).join(', ');
}
