import type { Action, EndpointRef } from '../../core/action/action.js';
import type { Named } from './addresses.js';
import { block, comment, label, quotedText, type Attribute } from './hcl.js';
import { guessNote, withModuleNote, type Sheet } from './sheet.js';

type Integrate = Extract<Action, { type: 'integrate' }>;
type RemoveRelation = Extract<Action, { type: 'remove-relation' }>;

/** A new resource that joins two applications, or one and an offer of another model. */
export function integrationLines(action: Integrate, sheet: Sheet): readonly string[] {
  const ends = action.ends.map((end) => ({ end, ...endIn(sheet, action, end) }));
  const local = ends.flatMap(({ named }) => named ?? []);
  const modules = new Set(local.map(({ module }) => module));
  const home = modules.size === 1 ? local[0] : local.find(({ module }) => module === '');
  const name = label(action.ends.map(({ application, endpoint }) => `${application}_${endpoint}`).join('_'));
  const body = [modelAttribute(home, action, sheet), ...ends.flatMap((end) => ['', ...endBlock(end, home)])];
  return [
    ...local.flatMap((named, at) => guessNote(named, `application ${action.ends[at]?.application ?? ''}`)),
    ...withModuleNote(home),
    ...block(`resource "juju_integration" ${quotedText(name.replaceAll('-', '_'))}`, body),
  ];
}

interface EndOf {
  readonly end: EndpointRef;
  /** Absent for an application of another model. */
  readonly named?: Named;
  readonly offerUrl?: string;
}

function endIn(sheet: Sheet, { model }: Integrate, { application }: EndpointRef): Omit<EndOf, 'end'> {
  const offerUrl = sheet.offerUrl(model, application);
  return offerUrl === undefined ? { named: sheet.addresses.application(model, application) } : { offerUrl };
}

/** Version 0 of the provider calls the model by its name. */
function modelAttribute(home: Named | undefined, { model }: Integrate, sheet: Sheet): Attribute {
  const key = home?.resource !== undefined && 'model' in home.resource.values ? 'model' : 'model_uuid';
  if (home !== undefined) return [key, `${home.reference}.${key}`];
  const own = sheet.addresses.model(model);
  return ['model_uuid', `${own.reference}.uuid`];
}

function endBlock({ end, named, offerUrl }: EndOf, home: Named | undefined): readonly string[] {
  if (named === undefined) return block('application', [['offer_url', quotedText(offerUrl ?? '')]]);
  const name = named.module === home?.module ? `${named.reference}.name` : quotedText(end.application);
  return block('application', [
    ['name', name],
    ['endpoint', quotedText(end.endpoint)],
  ]);
}

/** What to take out of the configuration, so that Terraform removes the relation. */
export function removedRelationLines(action: RemoveRelation, sheet: Sheet): readonly string[] {
  const found = sheet.addresses.integration(action.model, action.ends);
  if (found === undefined)
    return comment(
      `Delete the resource "juju_integration" that joins ${endText(action.ends[0])} and ${endText(action.ends[1])}. Where Terraform does not make this relation, run:`,
    ).concat(sheet.command(action));
  return [
    ...withModuleNote(found),
    ...comment(
      `Delete the resource "juju_integration" ${quotedText(found.label)}. Terraform 1.7 and newer also take this in its place:`,
    ),
    ...block('removed', [
      ['from', `juju_integration.${found.label}`],
      '',
      ...block('lifecycle', [['destroy', 'true']]),
    ]),
  ];
}

function endText({ application, endpoint }: EndpointRef): string {
  return endpoint === '' ? application : `${application}:${endpoint}`;
}
