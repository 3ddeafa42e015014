import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyNameAddr } from './fixtures/arbitraries.ts';
import { parseAddress, parseNameAddr, serializeNameAddr } from './name-addr.ts';

describe('parseNameAddr', () => {
  it.each([
    ['sip:alice@example.org', undefined],
    ['<sip:alice@example.org>', undefined],
    ['Alice <sip:alice@example.org>', 'Alice'],
    ['Alice Martin<sip:alice@example.org>', 'Alice Martin'],
    ['"Alice \\"A\\\\B\\" <x>" <sip:alice@example.org>', 'Alice "A\\B" <x>'],
    ['Jérôme d’Été <sip:alice@example.org>', 'Jérôme d’Été'],
    ['"" <sip:alice@example.org>', undefined],
    ['  "A"  <sip:alice@example.org>  ', 'A'],
  ])('registration 82: accepts %s', (text, displayName) => {
    expect(parseNameAddr(text)).toMatchObject({ displayName, uri: { user: 'alice' } });
    expect(parseAddress(text)).toMatchObject({ displayName, uri: { user: 'alice' } });
  });

  it.each([
    '',
    'Alice',
    '<>',
    '<sip:alice@example.org',
    'sip:alice@example.org>',
    '"Alice <sip:alice@example.org>',
    '"Alice" sip:alice@example.org',
    'Alice, Bob <sip:alice@example.org>',
    '<sip:alice@example.org> x',
    '<sip:alice@example.org>;',
    '<sip:alice@example.org>;tag="x',
    '< sip:alice@example.org >',
    '<tel:+33612345678>',
    '*',
  ])('registration 82: rejects %s', (text) => {
    expect(parseNameAddr(text)).toBeUndefined();
    expect(parseAddress(text)).toBeUndefined();
  });

  it('reads parameters with spaces, quotes and any case of name', () => {
    const contact = parseNameAddr(
      '<sip:a@b;transport=tcp> ; Q = 0.5;+sip.instance="<urn:uuid:1>";ob',
    );
    expect(contact?.uri.params).toEqual(new Map([['transport', 'tcp']]));
    expect(contact?.params).toEqual(
      new Map([
        ['q', '0.5'],
        ['+sip.instance', '<urn:uuid:1>'],
        ['ob', null],
      ]),
    );
  });

  it('takes the last of a repeated parameter', () => {
    expect(parseNameAddr('<sip:a@b>;rport;rport=5060')?.params.get('rport')).toBe('5060');
  });

  it('gives parameters after a bare URI to the header field, and refuses ? there', () => {
    expect(parseNameAddr('sip:a@b;tag=1')).toMatchObject({
      uri: { params: new Map() },
      params: new Map([['tag', '1']]),
    });
    expect(parseNameAddr('sip:a@b?x=y')).toBeUndefined();
  });
});

describe('parseAddress', () => {
  it('registration 82: gives parameters and headers after a bare URI to the URI', () => {
    expect(parseAddress('sip:a@b;tag=1?x=y')).toMatchObject({
      uri: { params: new Map([['tag', '1']]), headers: new Map([['x', 'y']]) },
      params: new Map(),
    });
  });
});

describe('serializeNameAddr', () => {
  it('quotes the name always and values that are no token', () => {
    const text = '"A" <sip:a@b>;q=0.5;+sip.instance="<urn:uuid:1>";received=2001:db8::1;ob';
    const address = parseNameAddr(text.replace('"A"', 'A'));
    expect(address && serializeNameAddr(address)).toBe(text);
  });

  it('parses back to the same address', () => {
    fc.assert(
      fc.property(anyNameAddr, (address) => {
        const text = serializeNameAddr(address);
        expect(parseNameAddr(text)).toEqual(address);
        expect(parseAddress(text)).toEqual(address);
      }),
    );
  });

  it('gives an address or undefined for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => parseNameAddr(text)).not.toThrow();
        expect(() => parseAddress(`<sip:a@b>${text}`)).not.toThrow();
      }),
    );
  });
});
