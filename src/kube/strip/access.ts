import type { AccessRule, Binding, Role, Subject } from '../../core/kube/access.js';
import { branch, items, present, text, texts, type Raw } from '../raw.js';
import { metaOf } from './meta.js';

export function roleOf(raw: Raw): Role {
  const rules = items(raw, 'rules').map(ruleOf);
  return { ...metaOf(raw), rules: rules.filter(({ resources }) => resources.length > 0) };
}

function ruleOf(rule: Raw): AccessRule {
  return {
    verbs: texts(rule, 'verbs'),
    apiGroups: texts(rule, 'apiGroups'),
    resources: texts(rule, 'resources'),
    resourceNames: texts(rule, 'resourceNames'),
  };
}

export function bindingOf(raw: Raw): Binding {
  const role = branch(raw, 'roleRef');
  return {
    ...metaOf(raw),
    role: {
      kind: text(role, 'kind') === 'ClusterRole' ? 'ClusterRole' : 'Role',
      name: text(role, 'name') ?? '',
    },
    subjects: items(raw, 'subjects').map(subjectOf),
  };
}

function subjectOf(subject: Raw): Subject {
  return {
    kind: text(subject, 'kind') ?? '',
    name: text(subject, 'name') ?? '',
    ...present({ namespace: text(subject, 'namespace') }),
  };
}
