import { defineGuide, type Control } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';
import type { Judgement } from '../../core/judgement.js';
import { etcdProbesOf, isNamedEtcd, onCharmedEtcd } from '../shared/etcd-family.js';
import { cisBenchmark } from '../shared/publications.js';
import { documents } from './documents.js';
import { files } from './files.js';
import { handbook } from './handbook.js';
import { service } from './service.js';

/**
 * The etcd checks of the CIS Kubernetes benchmark, put to Charmed etcd, whose guide claims to meet them, and to any etcd
 * whose configuration or endpoints somebody names.
 */
export const cisEtcd = defineGuide({
  id: 'cis-etcd',
  title: 'CIS Kubernetes benchmark: the checks of etcd',
  product: 'Charmed etcd',
  version: '1.12',
  url: documents.benchmark,
  publications: [cisBenchmark],
  handbook,
  appliesTo: isNamedEtcd,
  probes: etcdProbesOf,
  controls: onLookedAt([...service, ...files]),
});

/** The benchmark is about any etcd: of whichever somebody looked at its members, it is judged; else only Charmed etcd. */
function onLookedAt(controls: readonly Control[]): readonly Control[] {
  return onCharmedEtcd(controls).map((control, index) => ({
    ...control,
    evaluate: (subject, context) => {
      const own = controls[index];
      const looked = subject.scope === 'application' && subject.get('workload').etcdMembers !== undefined;
      if (own === undefined || !looked || isCharmed(subject)) return control.evaluate(subject, context);
      return byOperator([own.evaluate(subject, context)].flat());
    },
  }));
}

function isCharmed(app: ApplicationView): boolean {
  return valueOf(app.get('charm'))?.name === 'charmed-etcd';
}

/** Where no charm writes the configuration, whoever runs etcd can put it right. */
function byOperator(judgements: readonly Judgement[]): readonly Judgement[] {
  return judgements.map((judgement) => ({ ...judgement, fixableBy: 'operator' }));
}
