import { newDict, type Dict } from '../../core/dict.js';
import type { KafkaListener } from '../../core/evidence/kafka.js';
import type { Backup, StatusDetail } from '../../core/evidence/units.js';
import { jsonOf, linesOf, ParseError, word } from './parse-error.js';
import { branchOf } from './system.js';

type Output = Readonly<Record<string, unknown>>;

/** A listener of Charmed Kafka tells its protocol by its name: `CLIENT_SASL_SSL_SCRAM_SHA_512`. */
const named = /^(?:[A-Z]+_)??(SASL_SSL|SASL_PLAINTEXT|SSL|PLAINTEXT)(?:_|$)/;

/** What `get-listeners` answers: an object with name and port for each. @throws ParseError */
export function parseListeners(output: Output): readonly KafkaListener[] {
  const listeners = Object.values(output)
    .map(branchOf)
    .flatMap(({ name, port }): KafkaListener[] => {
      if (typeof name !== 'string') return [];
      const protocol = protocolIn(name);
      return [{ name: word(name), port: Number(port), ...(protocol === undefined ? {} : { protocol }) }];
    });
  if (listeners.length === 0) throw new ParseError('names no listener');
  if (listeners.some(({ port }) => !Number.isInteger(port)))
    throw new ParseError('names a listener without a port');
  return listeners.sort((a, b) => a.port - b.port);
}

function protocolIn(name: string): KafkaListener['protocol'] {
  return named.exec(name.toUpperCase())?.[1] as KafkaListener['protocol'];
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** What `list-backups` answers: a table, or for some charms a text that holds one. @throws ParseError */
export function parseBackups(output: Output): readonly Backup[] {
  const table = output['backups'];
  if (typeof table !== 'string') throw new ParseError('holds no table of backups');
  const rows = linesOf(table).map((line) => line.split('|').map((cell) => cell.trim()));
  return rows.flatMap(([id = '', second = '', ...rest]): Backup[] => {
    if (rest.length === 0 || id === '' || id === 'backup-id') return [];
    const name = id.replace(/[FDI]$/, '');
    return [
      {
        id: word(id),
        ...(moment.test(name) && !Number.isNaN(Date.parse(name)) ? { at: name } : {}),
        type: word(second),
        status: word(statusIn(rest)),
      },
    ];
  });
}

/** Newer tables have columns behind the status, of which the first words are known. */
function statusIn(cells: readonly string[]): string {
  return cells.find((cell) => /^(?:finished|failed|in progress)/.test(cell)) ?? cells[0] ?? '';
}

/** What `status-detail` answers: the state of each part of the charm. @throws ParseError */
export function parseDetails(output: Output): Dict<readonly StatusDetail[]> {
  const details = output['json-output'];
  if (typeof details !== 'string') throw new ParseError('holds no details');
  const parts = newDict<readonly StatusDetail[]>();
  for (const [part, states] of Object.entries(branchOf(jsonOf(details))).slice(0, 64)) {
    const list = Array.isArray(states) ? (states as unknown[]) : [];
    parts[word(part)] = list.slice(0, 64).map(branchOf).map(detailOf);
  }
  return parts;
}

function detailOf({ status, message }: Output): StatusDetail {
  return {
    status: typeof status === 'string' ? word(status) : '',
    message: typeof message === 'string' ? word(message) : '',
  };
}
