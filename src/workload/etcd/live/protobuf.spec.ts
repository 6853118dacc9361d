import { describe, expect, it } from '@jest/globals';
import { decodeProto, messagesIn, numberIn, textsIn } from './protobuf.js';

describe('a message of a member', () => {
  it('is read field by field, the last number and all texts of each', () => {
    const message = decodeProto(Buffer.from('0a03616263100110961a1a040a026869', 'hex'));
    expect(message && [numberIn(message, 2), textsIn(message, 1), messagesIn(message, 3).length]).toEqual([
      3350n,
      ['abc'],
      1,
    ]);
  });

  it('takes time that grows with its length alone', () => {
    const spent = (fields: number): number => {
      const bytes = Buffer.alloc(fields * 2, Buffer.from([0x08, 1]));
      const begun = process.cpuUsage();
      expect(decodeProto(bytes)?.get(1)).toHaveLength(fields);
      return process.cpuUsage(begun).user / 1000;
    };
    spent(5000);
    expect(spent(200_000)).toBeLessThan(15_000);
  });
});
