import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled } from '../../core/judgement.js';
import { settingText } from './controller-setting.js';
import { documents } from './documents.js';
import { setModelKey } from './model-setting.js';
import { isKubernetes } from './provider.js';

interface Wanted {
  readonly key: string;
  readonly value: string;
  readonly reason: 'OsUpdatesOff' | 'StreamNotReleased' | 'TlsVerificationOff';
  /** Kubernetes models make no machines. */
  readonly machinesOnly: boolean;
  /** Juju versions leave it out. */
  readonly optional: boolean;
  readonly effect: string;
}

const updates = { reason: 'OsUpdatesOff', value: 'true', machinesOnly: true, optional: false } as const;
const stream = { reason: 'StreamNotReleased', value: 'released', machinesOnly: true } as const;

const settings: readonly Wanted[] = [
  { ...updates, key: 'enable-os-refresh-update', effect: 'new machines fetch the list of updates' },
  {
    ...updates,
    key: 'enable-os-upgrade',
    effect: 'new machines install the updates of their system at first',
  },
  { ...stream, key: 'image-stream', optional: false, effect: 'new machines are made from released images' },
  {
    ...stream,
    key: 'container-image-stream',
    optional: true,
    effect: 'new containers are made from released images',
  },
  {
    ...stream,
    key: 'agent-stream',
    optional: true,
    machinesOnly: false,
    effect: 'agents come from released versions',
  },
  {
    key: 'ssl-hostname-verification',
    value: 'true',
    reason: 'TlsVerificationOff',
    machinesOnly: false,
    optional: false,
    effect: 'certificates of the cloud are verified',
  },
];

export const safeProvisioning = defineControl({
  id: 'JUJU-MODEL-05',
  title: 'Machines are updated when made, from released images and agents, with certificates verified',
  severity: 'medium',
  section: 'Harden the model(s)',
  rationale:
    'A machine that starts with old packages or from a daily image starts with known or unknown flaws.',
  references: [documents.modelConfig, documents.etcdGuide],
  evidence: ['J'],
  scope: 'model',
  params: z.object({}),
  reasons: {
    OsUpdatesOff: 'New machines do not install the updates of their system.',
    StreamNotReleased: 'Images or agents come from a stream of development versions.',
    TlsVerificationOff: 'Certificates of the cloud are not verified.',
    KeysNotReported: 'The model does not report one of the keys.',
  },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Run 'juju model-config -m MODEL enable-os-upgrade=true enable-os-refresh-update=true image-stream=released agent-stream=released ssl-hostname-verification=true'. " +
    'Machines that exist are not changed: update them with Landscape or by hand.',
  hazards: [
    'New machines take longer to start.',
    'A cloud with a certificate of its own CA needs that CA before it is verified.',
  ],
  evaluate(view) {
    const fact = view.get('config');
    const judged = settingsFor(view);
    const wanted = judged.map(({ key, value }) => `${key}=${value}`).join(' ');
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const wrong = wrongSettings(view);
    const [first] = wrong;
    const shown = (list: readonly Wanted[]) =>
      list.map(({ key }) => `${key}=${settingText(fact.value[key]?.value)}`).join(' ');
    if (first !== undefined)
      return fail(first.reason, `not as wanted: ${shown(wrong)}`, evidenceOf(fact, shown(wrong), wanted));
    const missing = judged
      .filter(({ key, optional }) => !optional && fact.value[key] === undefined)
      .map(({ key }) => key);
    if (missing.length > 0)
      return unsettled(
        'KeysNotReported',
        `not reported: ${missing.join(', ')}`,
        evidenceOf(fact, 'not reported', wanted),
      );
    return pass('machines are updated when made, from released streams', evidenceOf(fact, wanted, wanted));
  },
  remediate(view) {
    return wrongSettings(view).flatMap(({ key, value, effect }) =>
      setModelKey(view, { key, value, effect, disruptive: false, cutsOff: [] }),
    );
  },
});

function settingsFor(view: ModelView): readonly Wanted[] {
  return isKubernetes(view) ? settings.filter(({ machinesOnly }) => !machinesOnly) : settings;
}

function wrongSettings(view: ModelView): readonly Wanted[] {
  const config = valueOf(view.get('config')) ?? {};
  return settingsFor(view).filter(({ key, value }) => {
    const held = config[key]?.value;
    return held !== undefined && settingText(held) !== value && !(held === '' && value === 'released');
  });
}
