import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, anyToken } from './fixtures/arbitraries.ts';
import { createHeaders } from './headers.ts';

const headers = createHeaders([
  ['Via', 'SIP/2.0/UDP a;branch=1, SIP/2.0/TCP b;branch=2'],
  ['v', 'SIP/2.0/TLS c;branch=3'],
  ['From', '<sip:a@b>;tag=1'],
  ['Supported', ' path, outbound ,, gruu '],
  ['WWW-Authenticate', 'Digest realm="a, b", nonce="1"'],
  ['Expires', '3600'],
]);

describe('Headers', () => {
  it('finds fields in any case and by compact form', () => {
    expect(headers.get('FROM')).toBe('<sip:a@b>;tag=1');
    expect(headers.get('f')).toBe('<sip:a@b>;tag=1');
    expect(headers.has('k')).toBe(true);
    expect(headers.get('To')).toBeUndefined();
  });

  it('splits lists, and only lists, at commas outside quotes and brackets', () => {
    expect(headers.getAll('via')).toEqual([
      'SIP/2.0/UDP a;branch=1',
      'SIP/2.0/TCP b;branch=2',
      'SIP/2.0/TLS c;branch=3',
    ]);
    expect(headers.getAll('Supported')).toEqual(['path', 'outbound', 'gruu']);
    expect(headers.getAll('WWW-Authenticate')).toEqual(['Digest realm="a, b", nonce="1"']);
    const contacts = createHeaders([['m', '"a, b" <sip:x@y;z=1,2>;q="1,2", <sip:z@y>']]);
    expect(contacts.getAll('Contact')).toHaveLength(2);
  });

  it('replaces a field in its place, adds one at the end or before all, removes all of one', () => {
    const names = (changed: typeof headers) => Array.from(changed.entries(), ([name]) => name);
    const replaced = headers.with('Via', 'SIP/2.0/UDP x', 'SIP/2.0/UDP y');
    expect(names(replaced).slice(0, 3)).toEqual(['Via', 'Via', 'From']);
    expect(replaced.via.map(({ host }) => host)).toEqual(['x', 'y']);
    expect(names(headers.with('Date', 'x')).at(-1)).toBe('Date');
    expect(names(headers.withFirst('Via', 'SIP/2.0/UDP z'))[0]).toBe('Via');
    expect(headers.without('VIA').has('v')).toBe(false);
    expect(headers.via).toHaveLength(3);
  });

  it('refuses what would start another header', () => {
    expect(() => createHeaders([['X', 'a\r\nContact: *']])).toThrow(
      expect.objectContaining({ code: 'SIP_INVALID_ARGUMENT' }),
    );
    expect(() => headers.with('X', 'a\nb')).toThrow('line break');
    expect(() => headers.withFirst('X:', 'a')).toThrow('token');
    expect(() => createHeaders([['', 'a']])).toThrow('token');
  });

  it('reads Contact: * only when it stands alone', () => {
    expect(createHeaders([]).contacts).toEqual([]);
    expect(createHeaders([['Contact', '*']]).contacts).toBe('*');
    for (const value of ['*, <sip:a@b>', '<sip:a@b>, *', '*, *', '*;q=1']) {
      expect(() => createHeaders([['Contact', value]]).contacts).toThrow(
        expect.objectContaining({ code: 'SIP_MALFORMED_HEADER', header: 'Contact' }),
      );
    }
  });

  it('reads seconds, and overlong ones as the largest', () => {
    const { expires, minExpires, retryAfter } = createHeaders([
      ['Expires', '7200'],
      ['Min-Expires', '99999999999999999999'],
      ['Retry-After', '120 (in a meeting);duration=60'],
    ]);
    expect([expires, minExpires, retryAfter]).toEqual([7200, 4_294_967_295, 120]);
    expect(createHeaders([['Expires', 'soon']]).expires).toBeUndefined();
    expect(createHeaders([['Retry-After', '-1']]).retryAfter).toBeUndefined();
    expect(createHeaders([]).retryAfter).toBeUndefined();
  });

  it.each(['20', 'REGISTER', '20 ', '-1 REGISTER', '2147483648 REGISTER', '1 REG ISTER', '1.5 X'])(
    'refuses the CSeq %j',
    (value) => {
      expect(() => createHeaders([['CSeq', value]]).cseq).toThrow('CSeq');
    },
  );

  it('names the missing field', () => {
    expect(() => headers.callId).toThrow(
      expect.objectContaining({ code: 'SIP_MISSING_HEADER', header: 'Call-ID' }),
    );
  });

  it('gives back the entries it was made of', () => {
    const entry = fc.tuple(
      anyToken,
      anyText.map((text) => text.trim()),
    );
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        expect([...createHeaders(entries).entries()]).toEqual(entries);
      }),
    );
  });
});
