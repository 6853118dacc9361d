import type { Control } from '../../core/control.js';
import { documents } from '../shared/etcd-documents.js';
import { encryptedVolume, etcdInsideReasons } from '../shared/etcd-inside.js';
import { attested, insideUnits } from './attested.js';

const section = 'Encryption: Protecting Data in Transit and at Rest';

const atRest = insideUnits(
  {
    id: 'EBP-REST-01',
    title: 'The data directory is on an encrypted volume',
    severity: 'high',
    section,
    rationale:
      'A disk that is stolen, returned or copied gives away every key. etcd itself encrypts nothing on disk, whatever is said of it: only the volume below can.',
    references: [documents.article, documents.cryptography],
    manual:
      "Look with 'juju exec -m MODEL --application ETCD -- lsblk --json' for a layer of type crypt below /var/snap/charmed-etcd/common/var/lib/etcd. To move: make machines or storage " +
      "with encrypted volumes, add units there one at a time with 'juju add-unit -m MODEL ETCD', and remove the old ones.",
    hazards: [
      'A volume cannot be encrypted in place.',
      'Losing the majority of members stops the cluster: replace one unit at a time.',
    ],
    reasons: etcdInsideReasons.volume,
    judge: encryptedVolume,
  },
  ['W', 'A'],
);

const diskKey = attested({
  id: 'EBP-REST-02',
  title: 'The key of the disk encryption is kept safely and can be recovered',
  severity: 'medium',
  section,
  rationale: 'A key beside the disk protects nothing, and a lost key loses the data.',
  references: [documents.article],
  manual:
    'Keep the key in a key management system or a TPM with an escrow copy elsewhere. Recover a volume with the copy once a year, and state when that was.',
  hazards: ['A recovery that was never tried may not work.'],
  what: 'where the key of the disk encryption is kept, and when it was last recovered',
  age: '365d',
});

export const encryption: readonly Control[] = [atRest, diskKey];
