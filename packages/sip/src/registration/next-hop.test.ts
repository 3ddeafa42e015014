import { expect, it } from 'vitest';
import { parseUri } from '../message/uri.ts';
import type { TransportProtocol } from '../transport/transport.ts';
import { nextHopFor } from './next-hop.ts';

function protocol(text: string, enabled: readonly TransportProtocol[]): string | undefined {
  const uri = parseUri(text);
  return uri && nextHopFor(uri, (name) => enabled.includes(name))?.protocol;
}

const ALL: readonly TransportProtocol[] = ['udp', 'tcp', 'tls', 'ws', 'wss'];

it('the transport is the one the URI names, TLS for sips, else UDP', () => {
  expect(protocol('sip:h', ALL)).toBe('udp');
  expect(protocol('sip:h;transport=TCP', ALL)).toBe('tcp');
  expect(protocol('sip:h;transport=ws', ALL)).toBe('ws');
  expect(protocol('sips:h', ALL)).toBe('tls');
  expect(protocol('sips:h;transport=ws', ALL)).toBe('wss');
});

it('registration 24: without UDP a URI that names no transport goes over TCP, else TLS', () => {
  expect(protocol('sip:h', ['tcp', 'tls'])).toBe('tcp');
  expect(protocol('sip:h', ['tls'])).toBe('tls');
});

it('a transport that is unknown or disabled has no next hop', () => {
  expect(protocol('sip:h;transport=sctp', ALL)).toBeUndefined();
  expect(protocol('sip:h;transport=tcp', ['udp'])).toBeUndefined();
  expect(protocol('sip:h', [])).toBeUndefined();
});

it('C18: the certificate is checked against the host of the URI; no NAPTR decides the transport', () => {
  const uri = parseUri('sip:example.org;transport=tls;maddr=192.0.2.1');
  expect(uri && nextHopFor(uri, () => true)?.certificateName).toBe('example.org');
});
