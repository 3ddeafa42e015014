import { describe, expect, it } from 'vitest';
import { certificateNames, namesCoverHost, namesMatch } from './certificate-names.ts';
import { posixExpression } from './posix-expression.ts';

function namesOf(cn: string | string[] | undefined, subjectaltname?: string) {
  return certificateNames({ subject: cn === undefined ? {} : { CN: cn }, subjectaltname });
}

describe('certificate names', () => {
  it('reads all kinds of subject alternative names, quoted ones too', () => {
    const names = namesOf(
      ['one.example.org', 'two.example.org'],
      'DNS:a.example.org, IP Address:192.0.2.1, URI:sip:example.org, DNS:"odd, DNS:evil.org"',
    );
    expect(names).toEqual({
      dns: ['a.example.org', 'odd, DNS:evil.org'],
      addresses: ['192.0.2.1'],
      uris: ['sip:example.org'],
      commonNames: ['one.example.org', 'two.example.org'],
    });
    expect(namesCoverHost(names, 'evil.org')).toBe(false);
    expect(namesOf(undefined)).toEqual({ dns: [], addresses: [], uris: [], commonNames: [] });
  });

  it.each([
    ['sip.example.org', 'sip.example.org', true],
    ['SIP.example.org', 'sip.EXAMPLE.org', true],
    ['*.example.org', 'sip.example.org', true],
    ['*.example.org', 'example.org', false],
    ['*.example.org', 'a.b.example.org', false],
    ['s*.example.org', 'sip.example.org', false],
    ['*', 'localhost', false],
    ['example.org', 'sip.example.org', false],
  ])('registration 25: %s speaks for %s: %s', (pattern, host, expected) => {
    expect(namesCoverHost(namesOf(pattern), host)).toBe(expected);
    expect(namesCoverHost(namesOf('else', `DNS:${pattern}`), host)).toBe(expected);
  });

  it('takes SIP URIs without user, and addresses only for addresses', () => {
    expect(namesCoverHost(namesOf(undefined, 'URI:sip:example.org'), 'example.org')).toBe(true);
    expect(namesCoverHost(namesOf(undefined, 'URI:sip:a@example.org'), 'example.org')).toBe(false);
    expect(namesCoverHost(namesOf(undefined, 'IP Address:192.0.2.1'), '192.0.2.1')).toBe(true);
    expect(namesCoverHost(namesOf('192.0.2.1'), '192.0.2.1')).toBe(false);
    const six = namesOf(undefined, 'IP Address:2001:DB8:0:0:0:0:0:1');
    expect(namesCoverHost(six, '2001:db8::1')).toBe(true);
    expect(namesCoverHost(six, '2001:db8::2')).toBe(false);
  });

  it('registration 27: matches one whole subject against the expression', () => {
    const names = namesOf('cn.example.org', 'DNS:alt.example.org');
    const matches = (source: string): boolean => {
      const expression = posixExpression(source);
      return expression !== undefined && namesMatch(names, expression);
    };
    expect(matches('alt\\.example\\.org')).toBe(true);
    expect(matches('cn\\.[[:alpha:]]+\\.org')).toBe(true);
    expect(matches('example')).toBe(false);
    expect(matches('alt|nothing')).toBe(false);
    expect(matches('(unclosed')).toBe(false);
  });
});
