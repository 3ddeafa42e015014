import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyVia } from '../fixtures/arbitraries.ts';
import { parseVia, serializeVia } from './via.ts';

describe('parseVia', () => {
  it('reads transport, sent-by and parameters', () => {
    expect(parseVia('SIP/2.0/udp [2001:db8::1]:5060;rport;branch=z9hG4bK1;received=::1')).toEqual({
      transport: 'UDP',
      host: '2001:db8::1',
      port: 5060,
      params: new Map([
        ['rport', null],
        ['branch', 'z9hG4bK1'],
        ['received', '::1'],
      ]),
    });
  });

  it.each([
    '',
    'SIP/2.0/UDP',
    'SIP/2.0/UDP ',
    'SIP/3.0/UDP a',
    'SIP/2.0 UDP a',
    'HTTP/2.0/UDP a',
    'SIP/2.0/UDP a:x',
    'SIP/2.0/UDP a:65536',
    'SIP/2.0/UDP a b',
    'SIP/2.0/UDP [a]',
    'SIP/2.0/UDP a;;',
  ])('refuses %j', (text) => {
    expect(parseVia(text)).toBeUndefined();
  });

  it('reads back what serializeVia writes', () => {
    fc.assert(
      fc.property(anyVia, (via) => {
        expect(parseVia(serializeVia(via))).toEqual(via);
      }),
    );
  });
});
