import { describe, expect, it } from '@jest/globals';
import { parsePacketFilter } from './packet-filter.js';

describe('the packet filter', () => {
  it('of ufw: policy and rules', () => {
    const lines = [
      'ufw',
      'Default: deny (incoming),',
      '22  ALLOW IN  Anywhere',
      '2379,2380/tcp  ALLOW IN  10.0.0.0/8',
    ];
    const more = ['53/udp  ALLOW IN  Anywhere', 'Anywhere  DENY IN  10.9.0.1', 'other', ''];
    expect(parsePacketFilter([...lines, ...more].join('\n'))).toEqual({
      tool: 'ufw',
      incoming: 'drop',
      rules: [
        { verdict: 'accept', ports: '22' },
        { verdict: 'accept', ports: '2379,2380', from: '10.0.0.0/8' },
        { verdict: 'drop', from: '10.9.0.1' },
        { verdict: 'other' },
      ],
    });
  });

  it('of iptables: policy and rules', () => {
    const lines = [
      'iptables',
      '-P INPUT DROP',
      'loopback',
      'established',
      '-A INPUT -s 10.0.0.0/8 -p tcp --dport 2379 -j ACCEPT',
    ];
    const more = ['-A INPUT -p udp -j ACCEPT', '-A INPUT -j REJECT', '-A INPUT -j elsewhere'];
    expect(parsePacketFilter([...lines, ...more].join('\n'))).toEqual({
      tool: 'iptables',
      incoming: 'drop',
      rules: [
        { verdict: 'accept', ports: '2379', from: '10.0.0.0/8' },
        { verdict: 'drop' },
        { verdict: 'other' },
      ],
    });
  });
});
