import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { uuidOf } from './uuid.js';

it('makes the UUIDs of version 5 that others make of the same name', () => {
  const names = ['a', 'größer', ''];
  const program =
    'import uuid, sys\nfor n in sys.argv[1:]: print(uuid.uuid5(uuid.UUID("6f6f1a5b-0c5e-4f0e-9a2c-7d1b8e43c6a9"), "kind\\n" + n))';
  const { stdout } = spawnSync('python3', ['-c', program, ...names], { encoding: 'utf8' });
  expect(stdout.trim().split('\n')).toEqual(names.map((name) => uuidOf('kind', name)));
});
