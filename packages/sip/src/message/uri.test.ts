import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyUri } from './fixtures/arbitraries.ts';
import { parseUri, serializeUri, sipUri, uriEquals } from './uri.ts';

function uri(text: string) {
  const parsed = parseUri(text);
  if (parsed === undefined) throw new Error(`not a URI: ${text}`);
  return parsed;
}

describe('parseUri', () => {
  it('reads every part, unescaped', () => {
    expect(
      parseUri('SIPS:al%20ice:p%3Aw@Example.ORG:5061;Transport=TCP;lr?Subject=a%26b&x=y'),
    ).toEqual({
      scheme: 'sips',
      user: 'al ice',
      password: 'p:w',
      host: 'Example.ORG',
      port: 5061,
      params: new Map([
        ['transport', 'TCP'],
        ['lr', null],
      ]),
      headers: new Map([
        ['subject', 'a&b'],
        ['x', 'y'],
      ]),
    });
  });

  it.each([
    'sip:example.org',
    'sip:alice@example.org',
    'sip:al%20ice@example.org',
    'sip:192.0.2.1:5060',
    'sip:alice@[2001:db8::1]',
    'sip:alice@[::ffff:192.0.2.128]:5061',
    'sip:+33612345678;ext=1@example.org;user=phone',
    'sips:example.org.',
  ])('registration 82: accepts %s', (text) => {
    expect(parseUri(text)).toBeDefined();
  });

  it.each([
    '',
    'example.org',
    'alice@example.org',
    'sip:',
    'sip:@example.org',
    'sip:alice@',
    'sip:al ice@example.org',
    'sip:alice@exam ple.org',
    'tel:+33612345678',
    'http://example.org',
    'sip:alice@example.org:',
    'sip:alice@example.org:65536',
    'sip:alice@example.org:50a',
    'sip:alice@[2001:db8::1',
    'sip:alice@[example.org]',
    'sip:alice@2001:db8::1',
    'sip:al%2ice@example.org',
    'sip:al%ffice@example.org',
    'sip:alice@example.org;',
    'sip:alice@example.org;=x',
    'sip:alice@example.org>',
    '<sip:alice@example.org>',
    'sip:alice@example.org\r\n',
  ])('registration 82: rejects %j', (text) => {
    expect(parseUri(text)).toBeUndefined();
  });

  it('registration 82: takes port 0 for none', () => {
    expect(parseUri('sip:example.org:0')?.port).toBeUndefined();
  });

  it('gives a URI or undefined for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => parseUri(`sip:${text}`)).not.toThrow();
      }),
    );
  });
});

describe('serializeUri', () => {
  it('escapes each part by its own rule, in lower-case hexadecimal (registration.md §5.2)', () => {
    expect(serializeUri(sipUri({ user: '#24', host: 'example.org' }))).toBe(
      'sip:%2324@example.org',
    );
    expect(serializeUri(sipUri({ user: '\u0661', host: 'a' }))).toBe('sip:%d9%a1@a');
    const everything = sipUri({
      scheme: 'sips',
      user: 'a;b/c?d@e',
      password: 'a;b/c?d&e',
      host: '2001:db8::1',
      port: 5061,
      params: new Map([
        ['p', '[a]/b:c&d;e=f'],
        ['lr', null],
      ]),
      headers: new Map([['h', '[a]/b?c:d&e']]),
    });
    expect(serializeUri(everything)).toBe(
      'sips:a;b/c?d%40e:a%3bb%2fc%3fd&e@[2001:db8::1]:5061;p=[a]/b:c&d%3be%3df;lr?h=[a]/b?c:d%26e',
    );
  });

  it('parses back to the same URI', () => {
    fc.assert(
      fc.property(anyUri, (value) => {
        expect(parseUri(serializeUri(value))).toEqual(value);
      }),
    );
  });
});

describe('uriEquals, RFC 3261 §19.1.4', () => {
  it.each([
    ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtlanTa.CoM;Transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;security=on'],
    [
      'sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com',
      'sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com',
    ],
    [
      'sip:alice@atlanta.com?subject=project%20x&priority=urgent',
      'sip:alice@atlanta.com?priority=urgent&subject=project%20x',
    ],
  ])('%s equals %s', (a, b) => {
    expect(uriEquals(uri(a), uri(b))).toBe(true);
    expect(uriEquals(uri(b), uri(a))).toBe(true);
  });

  it.each([
    ['SIP:ALICE@AtLanTa.CoM;Transport=udp', 'sip:alice@AtlanTa.CoM;Transport=UDP'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:6000;transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next%20meeting'],
    ['sip:bob@phone21.boxesbybob.com', 'sip:bob@192.0.2.4'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off'],
    ['sip:bob@biloxi.com', 'sips:bob@biloxi.com'],
    ['sip:bob@biloxi.com', 'sip:bob:secret@biloxi.com'],
    ['sip:bob@biloxi.com', 'sip:biloxi.com'],
  ])('%s differs from %s', (a, b) => {
    expect(uriEquals(uri(a), uri(b))).toBe(false);
    expect(uriEquals(uri(b), uri(a))).toBe(false);
  });
});
