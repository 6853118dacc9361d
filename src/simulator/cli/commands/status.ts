import { formatted, onModel, type Command } from '../command.js';
import { modelOf, toModel, type Context } from '../context.js';
import { table, write, type Format } from '../output.js';
import { branch, entries, text, type Tree } from '../tree.js';
import { statusShape } from './status-shape.js';

/** `status` tries four times in all before it gives up. */
export const statusCommands: Readonly<Record<string, Command>> = {
  status: {
    options: {
      ...onModel,
      ...formatted,
      utc: 'flag',
      relations: 'flag',
      storage: 'flag',
      integrations: 'flag',
    },
    formats: ['tabular', 'json', 'yaml'],
    retries: 3,
    run: status,
  },
};

async function status(context: Context, format: Format): Promise<void> {
  const { controller } = modelOf(context);
  const connection = await toModel(context);
  const answer = await connection.call('Client', 'FullStatus', { patterns: null });
  const shape = statusShape(answer, {
    controller: controller.name,
    utc: context.parsed.options['utc'] === 'true',
  });
  if (format === 'tabular') {
    context.out(tabular(shape as Tree));
    return;
  }
  write(context, format, shape);
  if (context.parsed.options['relations'] === 'true') {
    context.err('provided relations option is always enabled in non tabular formats\n');
  }
}

/** The summary that people read: model, applications, units. */
function tabular(shape: Tree): string {
  const model = branch(shape['model']);
  const head = [
    ['Model', 'Controller', 'Cloud/Region', 'Version', 'Timestamp'],
    [
      model['name'],
      model['controller'],
      model['cloud'],
      model['version'],
      branch(shape['controller'])['timestamp'],
    ].map(text),
  ];
  return [head, applicationRows(shape), unitRows(shape)].map(table).join('\n');
}

function applicationRows(shape: Tree): readonly (readonly string[])[] {
  const rows = entries(shape['applications']).map(([name, application]) => {
    const status = branch(application['application-status']);
    const exposed = application['exposed'] === true ? 'yes' : 'no';
    const scale = String(Object.keys(branch(application['units'])).length);
    const charm = [application['charm-name'], application['charm-channel'], application['charm-rev']].map(
      text,
    );
    return [
      name,
      text(application['version']),
      text(status['current']),
      scale,
      ...charm,
      exposed,
      text(status['message']),
    ];
  });
  return [['App', 'Version', 'Status', 'Scale', 'Charm', 'Channel', 'Rev', 'Exposed', 'Message'], ...rows];
}

function unitRows(shape: Tree): readonly (readonly string[])[] {
  const units = entries(shape['applications']).flatMap(([, application]) => entries(application['units']));
  return [['Unit', 'Workload', 'Agent', 'Machine', 'Public address', 'Message'], ...units.flatMap(unitLines)];
}

function unitLines([name, unit]: readonly [string, Tree]): readonly (readonly string[])[] {
  const workload = branch(unit['workload-status']);
  const place = [unit['machine'], unit['public-address']].map(text);
  const shown = unit['leader'] === true ? `${name}*` : name;
  const agent = text(branch(unit['juju-status'])['current']);
  const own = [shown, text(workload['current']), agent, ...place, text(workload['message'])];
  return [
    own,
    ...entries(unit['subordinates'])
      .flatMap(unitLines)
      .map(([first = '', ...rest]) => [`  ${first}`, ...rest]),
  ];
}
