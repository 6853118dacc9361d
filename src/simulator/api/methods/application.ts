import { addRelation, removeRelation } from '../../world/relations.js';
import { applicationNamed, expose, unexpose } from '../../world/exposure.js';
import { need, needUnblocked } from '../../world/levels.js';
import { resetOptions, setOptions } from '../../world/settings.js';
import type { Exposure, SimApplication } from '../../world/state.js';
import { JujuError } from '../../errors.js';
import { optionEntries } from '../option-entries.js';
import { bindings, exposedEndpoints } from '../status-application.js';
import type { ModelCall, ModelMethod } from '../call.js';
import { eachResult, isRecord, nameOfTag, recordOf, recordsOf, textOf, textsOf } from '../params.js';
import { fromMap } from '../from-map.js';

export const applicationMethods: Readonly<Record<string, ModelMethod>> = {
  'Application.Get': get,
  'Application.CharmConfig': charmConfig,
  'Application.ApplicationsInfo': info,
  'Application.AddRelation': add,
  'Application.DestroyRelation': destroy,
  'Application.Expose': exposeCall,
  'Application.Unexpose': unexposeCall,
  'Application.SetConfigs': setConfigs,
  'Application.UnsetApplicationsConfig': unset,
};

const trustText = 'Does this application have access to trusted credentials';

function get({ model, user, params }: ModelCall): object {
  need(model, user, 'read');
  const name = textOf(params, 'application');
  const application = model.applications.get(name);
  if (application === undefined) throw new JujuError(`application ${name} not found`, 'not found');
  const source = application.trust ? 'user' : 'default';
  const trust = { default: false, description: trustText, source, type: 'bool', value: application.trust };
  return {
    application: name,
    charm: application.charm.name,
    config: optionEntries(application),
    'application-config': { trust },
    constraints: constraintsOf(application),
    base: { name: 'ubuntu', channel: application.base },
    channel: application.channel,
    'endpoint-bindings': bindings(application),
  };
}

function constraintsOf({ charm }: SimApplication): object {
  return charm.subordinate === true ? {} : { arch: 'amd64' };
}

function charmConfig({ model, user, params }: ModelCall): object {
  need(model, user, 'read');
  const names = recordsOf(params, 'args').map((item) => textOf(item, 'application'));
  const { results } = eachResult(names, (name) => ({ config: optionEntries(applicationNamed(model, name)) }));
  return { Results: results };
}

function info({ model, user, params }: ModelCall): object {
  need(model, user, 'read');
  const tags = recordsOf(params, 'entities').map((entity) => textOf(entity, 'tag'));
  return eachResult(tags, (tag) => ({
    result: infoOf(tag, applicationNamed(model, nameOfTag(tag, 'application'))),
  }));
}

function infoOf(tag: string, application: SimApplication): object {
  return {
    tag,
    charm: application.charm.name,
    base: { name: 'ubuntu', channel: application.base },
    ...(application.channel === '' ? {} : { channel: application.channel }),
    constraints: constraintsOf(application),
    principal: application.charm.subordinate !== true,
    exposed: application.exposed.size > 0,
    remote: false,
    life: 'alive',
    'endpoint-bindings': bindings(application),
    ...exposedEndpoints(application),
  };
}

function add({ model, user, params }: ModelCall): object {
  need(model, user, 'write');
  needUnblocked(model, 'change');
  const [first = '', second = ''] = textsOf(params, 'endpoints');
  const relation = addRelation(model, first, second);
  const ends = relation.sides.map(({ application, endpoint }) => {
    const { name, role, interface: kind, limit, scope } = endpoint;
    return [application, { name, role, interface: kind, optional: false, limit, scope }];
  });
  return { endpoints: Object.fromEntries(ends) as object };
}

function destroy({ model, user, params }: ModelCall): object {
  need(model, user, 'write');
  needUnblocked(model, 'remove');
  const [first = '', second = ''] = textsOf(params, 'endpoints');
  removeRelation(model, first, second);
  return {};
}

function exposeCall({ model, user, params }: ModelCall): object {
  need(model, user, 'write');
  needUnblocked(model, 'change');
  const application = applicationNamed(model, textOf(params, 'application'), 'getting ');
  const wanted = Object.entries(recordOf(params, 'exposed-endpoints')).map(
    ([endpoint, value]): [string, Exposure] => {
      const entry = isRecord(value) ? value : {};
      return [
        endpoint,
        { cidrs: textsOf(entry, 'expose-to-cidrs'), spaces: textsOf(entry, 'expose-to-spaces') },
      ];
    },
  );
  expose(application, new Map(wanted));
  return {};
}

function unexposeCall({ model, user, params }: ModelCall): object {
  need(model, user, 'write');
  needUnblocked(model, 'change');
  unexpose(
    applicationNamed(model, textOf(params, 'application'), 'getting '),
    textsOf(params, 'exposed-endpoints'),
  );
  return {};
}

function setConfigs({ model, user, params }: ModelCall): object {
  need(model, user, 'write');
  needUnblocked(model, 'change');
  return eachResult(recordsOf(params, 'Args'), (item) => {
    const texts = fromMap(new Map(Object.entries(recordOf(item, 'config'))), String);
    setOptions(applicationNamed(model, textOf(item, 'application')), texts);
    return {};
  });
}

function unset({ model, user, params }: ModelCall): object {
  need(model, user, 'write');
  needUnblocked(model, 'change');
  return eachResult(recordsOf(params, 'Args'), (item) => {
    resetOptions(applicationNamed(model, textOf(item, 'application')), textsOf(item, 'options'));
    return {};
  });
}
