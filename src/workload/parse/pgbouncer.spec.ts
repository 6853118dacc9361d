import { describe, expect, it } from '@jest/globals';
import { parsePgbouncer } from './pgbouncer.js';

describe('several processes of PgBouncer', () => {
  it('count with the weakest of each setting', () => {
    const first = '#/a\npgbouncer/auth_type\tscram-sha-256\npgbouncer/client_tls_sslmode\tprefer';
    const second = '#/b\npgbouncer/auth_type\tmd5\npgbouncer/client_tls_sslmode\trequire\n';
    expect(parsePgbouncer(`${first}\n${second}`)).toEqual({
      authType: 'md5',
      clientTls: 'prefer',
      serverTls: 'prefer',
      instances: 2,
    });
  });

  it('are not read where one of them is not', () => {
    expect(() => parsePgbouncer('#/a\npgbouncer/auth_type\tmd5\n#/b\n')).toThrow('none of the settings');
  });
});
