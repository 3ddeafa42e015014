import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Address } from './address.ts';
import { TransportType } from './transport-type.ts';

function parse(text: string): Address {
  const address = Address.parse(text);
  if (address === null) throw new TypeError(text);
  return address;
}

describe('parsing', () => {
  it.each([
    'sip:example.org',
    'sip:alice@example.org',
    'sips:alice@example.org:5061',
    '<sip:alice@example.org>',
    'Alice <sip:alice@example.org>',
    '"Alice \\"A\\"" <sip:alice@example.org>;p=1',
    'sip:alice%20b@example.org',
    'sip:alice@192.0.2.1',
    'sip:alice@[2001:db8::1]:5060',
    'sip:alice@[::ffff:192.0.2.1]',
  ])('registration 82: accepts %s', (text) => {
    expect(Address.parse(text)?.isValid).toBe(true);
  });

  it.each([
    'sip:@example.org',
    'sip:alice b@example.org',
    'alice@example.org',
    'sip:',
    'http://example.org',
    'tel:+33123456789',
    '<sip:alice@example.org',
  ])('registration 82: refuses %s', (text) => {
    expect(Address.parse(text)).toBeNull();
  });

  it('registration 82: an address is printed in brackets on demand', () => {
    const address = parse('sip:alice@example.org');
    expect(address.asString()).toBe('sip:alice@example.org');
    expect(address.asString({ forceNameAddr: true })).toBe('<sip:alice@example.org>');
  });

  it('an empty text is an empty, invalid address', () => {
    const address = parse('');
    expect(address.isValid).toBe(false);
    expect(address.asString()).toBe('');
    expect(address.setUsername('a')).toBe(-1);
  });

  it('without brackets, parameters belong to the URI', () => {
    const address = parse('sip:alice@example.org;transport=tcp');
    expect(address.getUriParam('transport')).toBe('tcp');
    expect(address.hasParam('transport')).toBe(false);
    expect(address.asString()).toBe('<sip:alice@example.org;transport=tcp>');
    expect(address.asStringUriOnly()).toBe('sip:alice@example.org;transport=tcp');
  });

  it('parts are stored unescaped and printed escaped', () => {
    const address = parse('sip:paul%20ine@example.org');
    expect(address.username).toBe('paul ine');
    expect(address.asString()).toBe('sip:paul%20ine@example.org');
    address.setUsername('#24');
    expect(address.asString()).toBe('sip:%2324@example.org');
    address.setUsername('\u0661');
    expect(address.asString()).toBe('sip:%d9%a1@example.org');
  });

  it('any text is an address or null', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const address = Address.parse(text);
        expect(address === null || typeof address.asString() === 'string').toBe(true);
      }),
    );
  });

  it('what is printed parses back to the same address', () => {
    const host = fc.constantFrom('example.org', '192.0.2.1', '2001:db8::1');
    const name = fc.option(fc.string({ minLength: 1, unit: 'grapheme' }));
    fc.assert(
      fc.property(
        name,
        fc.string({ minLength: 1, unit: 'grapheme' }),
        host,
        (display, user, domain) => {
          const address = parse('sip:x@y');
          address.setDisplayName(display === null ? null : display.replaceAll(/[\r\n]/g, ' '));
          address.setUsername(user);
          address.setDomain(domain);
          const again = parse(address.asString());
          expect(again.username).toBe(user);
          expect(again.domain).toBe(domain);
          expect(again.displayName).toBe(address.displayName);
          expect(again.equal(address)).toBe(true);
        },
      ),
    );
  });
});

describe('accessors', () => {
  it('setters change one part', () => {
    const address = parse('sip:alice@example.org');
    address.setDisplayName('A');
    address.setPort(5070);
    address.setDomain('2001:db8::1');
    address.setSecure(true);
    expect(address.asString()).toBe('"A" <sips:alice@[2001:db8::1]:5070>');
    expect(address.setPort(70_000)).toBe(-1);
    expect(address.setDomain('a b')).toBe(-1);
    expect(address.setPort(0)).toBe(0);
    expect(address.port).toBe(0);
  });

  it('C16: the transport of sips is TLS', () => {
    expect(parse('sips:alice@example.org').transport).toBe(TransportType.Tls);
    expect(parse('sip:alice@example.org').transport).toBe(TransportType.Udp);
    expect(parse('sip:alice@example.org;transport=TCP').transport).toBe(TransportType.Tcp);
    expect(parse('sip:alice@example.org;transport=pigeon').transport).toBe(TransportType.Udp);
  });

  it('setting the transport of sips changes nothing', () => {
    const address = parse('sips:alice@example.org');
    expect(address.setTransport(TransportType.Tcp)).toBe(0);
    expect(address.asString()).toBe('sips:alice@example.org');
  });

  it('parameters: empty ones have no value, set again they move to the end', () => {
    const address = parse('sip:alice@example.org');
    address.setUriParam('a', '1');
    address.setUriParam('b', null);
    address.setUriParam('a', '2');
    expect(address.asStringUriOnly()).toBe('sip:alice@example.org;b;a=2');
    expect(address.getUriParam('b')).toBe('');
    expect(address.getUriParam('c')).toBeNull();
    address.setUriParams('x=1;y');
    expect(address.asStringUriOnly()).toBe('sip:alice@example.org;x=1;y');
    address.setParams('q=0.5');
    expect(address.asString()).toBe('<sip:alice@example.org;x=1;y>;q=0.5');
    expect(address.setParam('bad name', '1')).toBe(-1);
    expect(address.setParams('a=1\r\nEvil: 1')).toBe(-1);
  });

  it('clean keeps who and where', () => {
    const address = parse('"A" <sip:alice:pw@example.org:5070;transport=tcp?X=y>;q=1');
    address.clean();
    expect(address.asString()).toBe('"A" <sip:alice:pw@example.org:5070>');
  });

  it('the ordered form sorts parameters and leaves out the port', () => {
    expect(parse('sip:alice@example.org:5070;b=1;a=2').asStringUriOnlyOrdered()).toBe(
      'sip:alice@example.org;a=2;b=1',
    );
    expect(parse('sip:a@x').lesser(parse('sip:b@x'))).toBe(true);
  });

  it('a clone is independent', () => {
    const address = parse('sip:alice@example.org');
    const copy = address.clone();
    copy.setUsername('bob');
    expect(address.username).toBe('alice');
  });
});

describe('equality', () => {
  it('weak: user, host, port, an absent port being 5060', () => {
    expect(parse('sip:a@h').weakEqual(parse('"X" <sips:a@h:5060;transport=tcp>'))).toBe(true);
    expect(parse('sip:a@h').weakEqual(parse('sip:a@H'))).toBe(false);
    expect(parse('sip:a@h').weakEqual(parse('sip:a@h:5070'))).toBe(false);
  });

  it('strong: scheme, exact port, significant parameters, display name', () => {
    expect(parse('sip:a@h').equal(parse('sip:a@H?x=y'))).toBe(true);
    expect(parse('sip:a@h').equal(parse('sip:a@h;unknown=1'))).toBe(true);
    expect(parse('sip:a@h;u=1').equal(parse('sip:a@h;u=2'))).toBe(false);
    expect(parse('sip:a@h').equal(parse('sip:a@h;transport=udp'))).toBe(false);
    expect(parse('sip:a@h').equal(parse('sip:a@h:5060'))).toBe(false);
    expect(parse('sip:a@h').equal(parse('"A" <sip:a@h>'))).toBe(false);
    expect(parse('sip:a@h').equal(parse('sips:a@h'))).toBe(false);
  });
});
