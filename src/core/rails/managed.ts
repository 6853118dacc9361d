import { targetLabel } from '../target.js';
import { onlyProposed } from './holds.js';
import type { Rail } from './rail.js';

/** What Terraform owns it would put back: there Holdfast only proposes. */
export const managed: Rail = ({ findings }) => {
  const owned = findings.find(({ settings }) => settings.managedBy !== undefined);
  if (owned === undefined) return { note: 'managed by nobody else' };
  const place = targetLabel(owned.target);
  const message = `${place} is managed by Terraform: change it there, or it would be put back`;
  return { hold: onlyProposed('ManagedByTerraform', message), note: `${place} is managed by Terraform` };
};
