import { describe, expect, it } from 'vitest';
import { addressesInHosts } from './hosts-file.ts';
import { systemDns } from './system-dns.ts';

describe('hosts file', () => {
  const text = [
    '# comment',
    '127.0.0.1\tlocalhost loop # the usual',
    '::1 localhost ip6-localhost',
    '192.0.2.1 sip.example.org SIP2.example.org',
    '192.0.2.2 sip.example.org',
    'nonsense localhost',
    '',
  ].join('\n');

  it('gives the addresses of a name by family, in order', () => {
    expect(addressesInHosts(text, 'sip.example.org', 4)).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(addressesInHosts(text, 'sip2.EXAMPLE.org', 4)).toEqual(['192.0.2.1']);
    expect(addressesInHosts(text, 'localhost', 6)).toEqual(['::1']);
    expect(addressesInHosts(text, 'usual', 4)).toEqual([]);
  });
});

describe('system DNS', () => {
  it('knows localhost', async () => {
    const found = await systemDns().resolve4('localhost');
    expect(found.map(({ address }) => address)).toContain('127.0.0.1');
  });
});
