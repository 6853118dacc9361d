/** What `juju` prints, and what would become its arguments. */
import type { Reading } from '../../../src/core/fact.js';
import { InputError } from '../../../src/core/input-error.js';
import { refusal } from '../../../src/juju/cli/check-argv.js';
import { commandNamed } from '../../../src/juju/cli/commands.js';
import { classify } from '../../../src/juju/cli/classify.js';
import { readCliRecords } from '../../../src/juju/recording/read-cli.js';
import { parseCharm } from '../../../src/juju/status/charm-url.js';
import { authTypes } from '../../../src/juju/status/cli-credentials.js';
import {
  readBlocks,
  readListedOffers,
  readSecrets,
  readSshKeys,
} from '../../../src/juju/status/cli-lists.js';
import { readControllerSettings, readModelSettings } from '../../../src/juju/status/cli-settings.js';
import { listedModel, shownModel } from '../../../src/juju/status/cli-show-model.js';
import { readUsers } from '../../../src/juju/status/cli-users.js';
import { branch } from '../../../src/juju/status/json.js';
import { aboutInstant, instantOf } from '../../../src/juju/status/time.js';
import { parseOfferUrl } from '../../../src/guides/shared/offer-url.js';
import { imageReference } from '../../../src/guides/shared/image-reference.js';
import { virtualClock } from '../../../src/simulator/virtual-clock.js';
import { jsonIn, utf8, type Target } from '../target.js';

const reading: Reading = { source: { road: 'cli', call: 'juju fuzz' }, at: '2026-11-22T04:00:00Z' };

/** What was printed, where the file is a recorded call. */
function printedIn(bytes: Buffer): string {
  const value = jsonIn(bytes) as { readonly stdout?: unknown } | null | undefined;
  return typeof value?.stdout === 'string' ? value.stdout : utf8(bytes);
}

function lists(bytes: Buffer): unknown {
  const printed = printedIn(bytes);
  const value = jsonIn(Buffer.from(printed));
  return [
    readSshKeys(reading, printed),
    readBlocks(reading, value),
    readSecrets(reading, value),
    readListedOffers(reading, value),
    readControllerSettings(reading, value),
    readModelSettings(reading, value),
    readUsers(reading, value),
    shownModel(reading, value, true),
    listedModel(branch(value)),
    authTypes(value, 'admin')({ cloud: 'lxd', name: 'default', owner: 'admin' }),
  ];
}

/** The first line says the command, the rest is standard error; as standard output the whole. */
function verdicts(bytes: Buffer): unknown {
  const printed = utf8(bytes);
  const argv = ['run', 'etcd/0', 'list-backups', '--format', 'json', '-m', 'prod:admin/data'];
  return [0, 1, 2, undefined].flatMap((exitCode) => [
    classify({ exitCode, stdout: printed, stderr: printed, timedOut: false, argv }),
    classify({ exitCode, stdout: '', stderr: printed, timedOut: false, argv: ['config'] }),
  ]);
}

/** A call that got through must name our controller and hold no option of somebody else's. */
function checked(bytes: Buffer): unknown {
  const argv = utf8(bytes).split('\n').slice(0, 40);
  const refused = refusal(argv, { controller: 'prod', readOnly: false });
  if (refused !== undefined) return refused;
  if (commandNamed(argv[0] ?? '')?.scope === 'none') return undefined;
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  if (!own.some((word) => /^(?:-[mc]=|--(?:model|controller)=)?prod(?::|$)/.test(word)))
    throw new TypeError('a call without our controller was let through');
  if (own.some((word) => word.includes('\0') || /^-+(?:client|config|with|proxy|include)/.test(word)))
    throw new TypeError('an option that is none of ours was let through');
  return undefined;
}

/** One record of a call, read as a whole recording of a controller. */
async function asRecording(bytes: Buffer): Promise<unknown> {
  const value = jsonIn(bytes);
  const stdout = printedIn(bytes);
  const argv = branch(value)['argv'];
  const words = Array.isArray(argv)
    ? argv.filter((word) => typeof word === 'string')
    : ['juju', 'status', '--format', 'json'];
  const records = [
    { argv: words, exit: 0, stdout, stderr: '', file: 'input' },
    {
      argv: ['juju', 'status', '-m', 'c:admin/m', '--format', 'json'],
      exit: 0,
      stdout,
      stderr: '',
      file: 'input',
    },
  ];
  return readCliRecords(records, 'c', virtualClock());
}

/** Small words that texts of models are taken apart into. */
function words(bytes: Buffer): unknown {
  const text = utf8(bytes);
  return [
    parseCharm(text),
    instantOf(text),
    aboutInstant(text, reading.at),
    parseOfferUrl(text),
    imageReference(text),
  ];
}

const cli = ['captures/real/1-bare/cli', 'captures/real/3-hardened/cli'];

export const cliTargets: readonly Target[] = [
  { name: 'cli-lists', read: lists, refusals: [], seeds: cli },
  { name: 'cli-verdicts', read: verdicts, refusals: [], seeds: ['captures/real/1-bare/remedies'] },
  { name: 'cli-recording', read: asRecording, refusals: [InputError], seeds: cli, longest: 48_000 },
  {
    name: 'cli-arguments',
    read: checked,
    refusals: [],
    words: [
      'config',
      'integrate',
      'revoke',
      'grant',
      'exec',
      'run',
      '-m',
      '-c',
      'prod',
      'prod:admin/data',
      'etcd',
      'etcd/0',
      '--',
      '--format',
      'json',
      'a=b',
      '--unit',
      'expose',
      '--to-cidrs',
      '10.0.0.0/8',
      'refresh',
      'trust',
      '--remove',
    ],
  },
  { name: 'model-words', read: words, refusals: [] },
];
