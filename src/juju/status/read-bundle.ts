import { dictOf, newDict } from '../../core/dict.js';
import { known, type Reading } from '../../core/fact.js';
import { InputError } from '../../core/input-error.js';
import type {
  ApplicationState,
  ModelInfo,
  ModelState,
  RemoteApplication,
  Snapshot,
} from '../../core/snapshot.js';
import { bundleApplication, bundleOffers } from './bundle-application.js';
import { bundleIn, type Bundle } from './bundle-documents.js';
import { bundleRelations } from './bundle-relations.js';
import { gapsOf, notCarried } from './gaps.js';
import { isBranch, text, type Branch } from './json.js';
import { slowFacts } from './model.js';
import { parseText } from './parse.js';
import { snapshotOf, type TextOrigin } from './read-status.js';

/**
 * A snapshot of the model that a bundle describes, overlays in later documents included. A bundle is a wish: what
 * runs, who has access and which defaults the charms have is unknown.
 * @throws InputError when the text is empty, is not YAML, or is no bundle.
 */
export function readBundleText(content: string, origin: TextOrigin): Snapshot {
  const values = parseText(content, origin.source);
  const bundle = values.some(isStatus) ? undefined : bundleIn(values);
  if (bundle === undefined) throw new InputError(`${origin.source} is no bundle: ${guess(values)}`);
  const reading: Reading = { source: { road: 'bundle', call: origin.source }, at: origin.at };
  return snapshotOf([modelOf(reading, bundle)], reading);
}

function modelOf(reading: Reading, bundle: Bundle): ModelState {
  const gaps = gapsOf(reading, 'a bundle');
  const relations = bundleRelations(bundle.relations, (name) => bundle.saas.has(name));
  const context = { reading, gaps, head: bundle.head, relations };
  const applications = newDict<ApplicationState>();
  for (const [name, raw] of bundle.applications) applications[name] = bundleApplication(context, name, raw);
  const offers = [...bundle.applications].flatMap(([name, raw]) => bundleOffers(name, raw));
  return {
    name: text(bundle.head['name']),
    controller: '',
    info: known(reading, infoOf(bundle.head)),
    applications,
    machines: notCarried(reading, 'a bundle', 'running machines'),
    relations: known(
      reading,
      relations.filter(({ ends }) => ends[0].application !== ends[1].application),
    ),
    remoteApplications: known(
      reading,
      dictOf([...bundle.saas].map(([name, raw]) => [name, remoteOf(name, raw)])),
    ),
    offers: known(reading, dictOf(offers.map((offer) => [offer.name, offer]))),
    ...slowFacts(gaps),
  };
}

/** Only a bundle that says so is for Kubernetes; one that lists machines is not. Others leave it open. */
function infoOf(head: Branch): ModelInfo {
  if (head['bundle'] === 'kubernetes') return { type: 'caas' };
  return isBranch(head['machines']) ? { type: 'iaas' } : {};
}

function remoteOf(name: string, raw: Branch): RemoteApplication {
  return { name, offerUrl: text(raw['url']), endpoints: [], status: '' };
}

function isStatus(value: unknown): boolean {
  return isBranch(value) && isBranch(value['model']);
}

function guess(values: readonly unknown[]): string {
  if (values.some(isStatus)) return 'it looks like a juju status; read it with --status';
  const kind = values.find(isBranch)?.['kind'];
  if (kind === 'Snapshot') return 'it is a saved snapshot; read it with --snapshot';
  return 'it names no applications; export one with "juju export-bundle"';
}
