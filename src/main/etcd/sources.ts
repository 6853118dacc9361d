/** What a person says an etcd on this host is started with. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { EtcdRequest } from '../../cli/services.js';
import { InputError } from '../../core/input-error.js';
import type { EtcdConfiguration } from '../../core/evidence/etcd.js';
import { readTextFile } from '../../config/read-file.js';
import { etcdArguments } from '../../workload/etcd/command-line.js';
import { readVariables, type Variables } from '../../workload/etcd/environment.js';
import { most } from '../../workload/etcd/etcd-source-error.js';
import {
  namedFile,
  readEtcdConfiguration,
  type EtcdSources,
} from '../../workload/etcd/read-configuration.js';

/** The configuration with the path of its file, where one is used. */
export interface HostConfiguration {
  readonly configuration: EtcdConfiguration;
  readonly file?: string;
}

/** Undefined where no source is named. @throws InputError for one that cannot be read. */
export function hostConfiguration(request: EtcdRequest): HostConfiguration | undefined {
  const { config, env, args, version } = request;
  if (config === undefined && env === undefined && args === undefined) return undefined;
  const given: EtcdSources = {
    ...(args === undefined ? {} : { flags: etcdArguments(args) }),
    ...(env === undefined ? {} : { variables: variablesIn(env) }),
  };
  const name = config ?? namedFile(given);
  if (name === undefined) return { configuration: readEtcdConfiguration(given, version) };
  const file = { name, text: readTextFile(name).content };
  return { configuration: readEtcdConfiguration({ ...given, file }, version), file: name };
}

/** `/proc/PID/environ` has no size, and NULs between its entries. */
function variablesIn(file: string): Variables {
  const bytes = Buffer.alloc(most.environmentBytes + 1);
  let length = 0;
  try {
    const opened = openSync(file, 'r');
    try {
      let read = readSync(opened, bytes, 0, bytes.length, null);
      while (read > 0 && length + read < bytes.length) {
        length += read;
        read = readSync(opened, bytes, length, bytes.length - length, null);
      }
      length += read;
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'permission denied' : message;
    throw new InputError(`${file} cannot be read: ${why}`);
  }
  return readVariables(bytes.toString('utf8', 0, length));
}
