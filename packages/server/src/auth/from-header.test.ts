import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOfFrom, addressOfSipUri } from './from-header.ts';

const alice = { username: 'alice', domain: 'sip.example.com' };

describe('the From field', () => {
  it.each([
    ['sip:alice@sip.example.com', alice],
    ['sips:alice@sip.example.com', alice],
    ['sip:alice@sip.example.com;transport=tls', alice],
    ['sip:alice@sip.example.com:5060', alice],
    ['sip%3Aalice%40sip.example.com', alice],
    ['sip:%2B33612121212@sip.example.com', { ...alice, username: '+33612121212' }],
    ['tel:+33612121212', undefined],
    ['"Alice" <sip:alice@sip.example.com>', undefined],
    ['', undefined],
    ['sip:al%00ice@sip.example.com', undefined],
  ])('%s names %o', (from, address) => {
    expect(addressOfFrom(from)).toEqual(address);
  });

  it('of any text names an address or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const address of [addressOfFrom(text), addressOfSipUri(`sip:${text}`)]) {
          expect(address?.username).not.toBe('');
        }
      }),
    );
  });
});
