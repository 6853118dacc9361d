import { defineGuide } from '../../core/control.js';
import { isNamedEtcd, onCharmedEtcd } from '../shared/etcd-family.js';
import { documents } from './documents.js';
import { files } from './files.js';
import { service } from './service.js';

/** The etcd checks of the CIS Kubernetes benchmark, put to Charmed etcd, whose guide claims to meet them. */
export const cisEtcd = defineGuide({
  id: 'cis-etcd',
  title: 'CIS Kubernetes benchmark: the checks of etcd',
  product: 'Charmed etcd',
  version: '1.12',
  url: documents.benchmark,
  appliesTo: isNamedEtcd,
  controls: onCharmedEtcd([...service, ...files]),
});
