import { relationsOf } from '../world/relation-rules.js';
import type { SimApplication } from '../world/state.js';
import type { ActionCall } from './behaviour.js';
import type { ActionAnswer } from './charm.js';
import { passwordAction } from './passwords.js';

const storageEndpoints = [
  's3-credentials',
  's3-parameters',
  'azure-credentials',
  'azure-storage-credentials',
];
const noStorage = 'Relation with s3-integrator charm missing, cannot create/restore backup.';
const heading =
  'backup-id            | backup-type | backup-status\n----------------------------------------------------\n';

/** Actions that the data charms share: backups and passwords. */
export function commonAction(call: ActionCall): ActionAnswer | undefined {
  const { world, unit, action } = call;
  const { application } = unit;
  if (action === 'create-backup' || action === 'list-backups') {
    if (!hasStorage(application)) return { status: 'failed', message: noStorage };
  }
  if (action === 'create-backup') {
    application.backups.push(`${new Date(world.clock.now()).toISOString().slice(0, 19)}Z`);
    return { status: 'completed', output: { 'backup-status': 'backup created' } };
  }
  if (action === 'list-backups')
    return { status: 'completed', output: { backups: backupTable(application) } };
  return passwordAction(call);
}

function hasStorage({ model, name }: SimApplication): boolean {
  return storageEndpoints.some((endpoint) => relationsOf(model, name, endpoint).length > 0);
}

function backupTable({ backups }: SimApplication): string {
  return heading + backups.map((id) => `${id} | full        | finished\n`).join('');
}
