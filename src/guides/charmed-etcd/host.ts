import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import { bindingJudgement, bindingReasons } from '../shared/binding.js';
import { worst } from '../shared/combine.js';
import { documents } from '../shared/etcd-documents.js';
import { exposureJudgement, exposureReasons } from '../shared/exposure.js';
import { exposureRemedies } from '../shared/exposure-remedy.js';
import { keysPrivate } from '../shared/etcd-inside.js';
import { debugOff, etcdSettingReasons } from '../shared/etcd-settings.js';
import { fileReasons } from '../shared/files.js';
import { etcdReach } from '../shared/params.js';

const network = defineControl({
  id: 'ETCD-NET-01',
  title: 'etcd is not exposed, and bound to declared network spaces',
  severity: 'high',
  section: 'Harden the applications',
  rationale: 'Only clients need to reach etcd; every other address that can is one more that may try.',
  references: [documents.guide, documents.harden, documents.spaces],
  evidence: ['S'],
  scope: 'application',
  params: z.object(etcdReach),
  reasons: { ...exposureReasons, ...bindingReasons },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Run 'juju unexpose -m MODEL ETCD', or 'juju expose -m MODEL ETCD --to-cidrs CIDRS' to keep declared networks only. " +
    "Bind endpoints with 'juju bind -m MODEL ETCD SPACE'. Where the cloud has no firewall, close ports 2379, 2380 and 9100 in your own.",
  hazards: [
    'Whoever connects from an address that is no longer allowed is cut off.',
    'Binding to another space changes the addresses that members and clients use.',
  ],
  evaluate(app, { params }) {
    const exposure = exposureJudgement(app, params);
    const binding = bindingJudgement(app, params.spaces);
    return binding === undefined ? exposure : worst(exposure, binding);
  },
  remediate: (app, { params }, { reason }) => (reason === 'Exposed' ? exposureRemedies(app, params) : []),
});

const debug = defineControl({
  id: 'ETCD-DBG-01',
  title: 'Debug endpoints are off',
  severity: 'low',
  section: 'Monitoring and auditing',
  rationale: 'Profiling pages show the command line and memory of etcd, and can slow it down on demand.',
  references: [documents.guide, documents.etcdConfiguration],
  evidence: ['W', 'P'],
  scope: 'application',
  params: z.object({}),
  reasons: etcdSettingReasons.debug,
  remediation: 'manual',
  fixableBy: 'charm',
  manual:
    "Look for 'enable-pprof' in /var/snap/charmed-etcd/current/etcd.conf.yml. The charm writes it and has no option for it: keep clients to those with certificates (ETCD-ENC-01) " +
    'and follow the releases of the charm.',
  hazards: ['A change by hand is overwritten by the charm.'],
  evaluate(app) {
    const judged = debugOff(app);
    return judged.reason === 'DebugEndpointsOn' ? { ...judged, upstream } : judged;
  },
});

const upstream = "the charm's template sets enable-pprof, and has no option for it";

const files = defineControl({
  id: 'ETCD-FILE-01',
  title: 'Keys and configuration are private on disk',
  severity: 'medium',
  section: 'Encryption',
  rationale: 'A private key that every local user can read is no secret, and vouches for nobody.',
  references: [documents.guide, documents.etcdSecurity],
  evidence: ['W'],
  scope: 'application',
  params: z.object({}),
  reasons: fileReasons,
  remediation: 'manual',
  fixableBy: 'charm',
  manual:
    'Run \'juju exec -m MODEL --application ETCD -- stat -c "%a %U %n" /var/snap/charmed-etcd/current/tls/client.key /var/snap/charmed-etcd/current/tls/peer.key ' +
    "/var/snap/charmed-etcd/current/etcd.conf.yml'. Keys want 600, the configuration no rights for others. The charm writes the files anew: report wider modes to it.",
  hazards: ['Modes set by hand last until the next renewal.'],
  evaluate: keysPrivate,
});

export const host: readonly Control[] = [network, debug, files];
