import type { Remedy } from '../../core/action/action.js';
import { isKnown } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  manual,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Judgement,
} from '../../core/judgement.js';
import { clientsAt } from '../shared/client-roles.js';
import { worst } from '../shared/combine.js';
import { modelRef } from '../shared/model-ref.js';
import { optionUndo } from '../shared/option.js';
import { isLinks, linksAt } from '../shared/relations.js';
import { brokerReasons, certificatesDemanded } from './broker-settings.js';
import { mtlsEndpoints } from './endpoints.js';
import { spelled } from './options.js';
import type { Subject } from './product-control.js';

/** The reasons that `mtlsJudgement` gives. */
export const mtlsReasons = {
  ...brokerReasons.certificates,
  MtlsNotUsed: 'Nothing brings certificates of clients, so that none authenticates by them.',
  MtlsUseNotSeen:
    'Whether certificates of clients come in is not to be told from relations without endpoint names.',
  MappingDiffers: 'The rules that turn certificates into users are not those of the policy.',
  MappingNotDeclared:
    'Rules are set that turn certificates into users, and the policy does not say which are right.',
  MappingNotShown: 'The rules that turn certificates into users have no value in what was read.',
} as const;

/** Rules that take the whole subject of a certificate for the user's name. */
const plainMapping = 'DEFAULT';

/** Whether certificates of clients are mapped as declared; whether they are demanded is seen inside the units only. */
export function mtlsJudgement(subject: Subject, declared: string | undefined): Judgement {
  const unused = mtlsUnused(subject);
  if (unused !== undefined) return unused;
  return worst(mapping(subject, declared), certificatesDemanded(subject.app));
}

/** Undefined where certificates of clients surely come in. */
function mtlsUnused({ app, product }: Subject): Judgement | undefined {
  let perhaps = false;
  for (const endpoint of mtlsEndpoints(product)) {
    const links = linksAt(app, endpoint);
    if (!isLinks(links)) return notSeen(links, 'certificates of clients');
    if (links.sure.length > 0) return undefined;
    perhaps ||= links.perhaps.length > 0;
  }
  if (perhaps)
    return unsettled('MtlsUseNotSeen', `whether clients of ${app.name} show certificates is not shown`);
  return notApplicable('MtlsNotUsed', `no client of ${app.name} authenticates by certificate`);
}

function mapping({ app, product }: Subject, declared: string | undefined): Judgement {
  const key = spelled('ssl-principal-mapping-rules', product);
  const wanted = declared ?? plainMapping;
  const config = app.get('config');
  if (!isKnown(config)) return notSeen(config, wanted);
  const rules = config.value[key]?.value;
  if (typeof rules !== 'string') return unsettled('MappingNotShown', `${key} of ${app.name} is not shown`);
  const seen = evidenceOf(config, rules, wanted);
  if (rules === wanted) return pass(`${key} of ${app.name} is as declared`, seen);
  if (declared !== undefined) return fail('MappingDiffers', `${key} of ${app.name} is not as declared`, seen);
  return manual(
    'MappingNotDeclared',
    `${app.name} has rules in ${key} that the policy does not declare`,
    seen,
  );
}

/** Sets the rules that the policy declares. */
export function mappingRemedy({ app, product }: Subject, declared: string | undefined): readonly Remedy[] {
  const model = modelRef(app.model);
  const key = spelled('ssl-principal-mapping-rules', product);
  const config = app.get('config');
  if (model === undefined || declared === undefined || !isKnown(config)) return [];
  const before = config.value[key];
  if (before === undefined) return [];
  const change = { model, application: app.name, key };
  return [
    {
      action: { type: 'set-config', ...change, value: declared },
      undo: optionUndo(change, before),
      effect: `${app.name} turns certificates into users by the rules of the policy`,
      risk: 'high',
      disruptive: true,
      repeatable: true,
      cutsOff: mtlsEndpoints(product).flatMap((endpoint) => clientsAt(app, endpoint)),
      preconditions: [{ type: 'application-settled', application: app.name }],
    },
  ];
}
