import { describe, expect, it } from 'vitest';
import type { SipParseErrorCode } from '../errors/sip-parse-error.ts';
import * as torture from './fixtures/rfc4475.ts';
import type { TortureMessage } from './fixtures/rfc4475.ts';
import type { SipMessage } from './message.ts';
import { parseMessage } from './parse-message.ts';
import type { ParseResult } from './parse-result.ts';
import { serializeMessage } from './serialize-message.ts';

function read({ text }: TortureMessage): ParseResult {
  return parseMessage(Buffer.from(text));
}

function accepted(fixture: TortureMessage): SipMessage {
  const result = read(fixture);
  if (!result.ok) throw result.error;
  return result.message;
}

const REFUSED: readonly [TortureMessage, SipParseErrorCode, number][] = [
  [torture.badinv01, 'SIP_MALFORMED_HEADER', 400],
  [torture.clerr, 'SIP_TRUNCATED', 400],
  [torture.ncl, 'SIP_MALFORMED_HEADER', 400],
  [torture.scalar02, 'SIP_MALFORMED_HEADER', 400],
  [torture.quotbal, 'SIP_MALFORMED_HEADER', 400],
  [torture.badaspec, 'SIP_MALFORMED_HEADER', 400],
  [torture.baddn, 'SIP_MALFORMED_HEADER', 400],
  [torture.badvers, 'SIP_UNSUPPORTED_VERSION', 505],
  [torture.mismatch01, 'SIP_METHOD_MISMATCH', 400],
  [torture.mismatch02, 'SIP_METHOD_MISMATCH', 400],
  [torture.unksm2, 'SIP_MALFORMED_HEADER', 400],
  [torture.mult01, 'SIP_DUPLICATE_HEADER', 400],
  [torture.mcl01, 'SIP_DUPLICATE_HEADER', 400],
];

/** Refused too, but nobody can be answered: no request line, mandatory fields gone, or a response. */
const DROPPED: readonly [TortureMessage, SipParseErrorCode][] = [
  [torture.scalarlg, 'SIP_MALFORMED_HEADER'],
  [torture.ltgtruri, 'SIP_MALFORMED_START_LINE'],
  [torture.lwsruri, 'SIP_MALFORMED_START_LINE'],
  [torture.lwsstart, 'SIP_MALFORMED_START_LINE'],
  [torture.trws, 'SIP_MALFORMED_START_LINE'],
  [torture.bigcode, 'SIP_MALFORMED_START_LINE'],
  [torture.insuf, 'SIP_MISSING_HEADER'],
];

const FAULTY: readonly TortureMessage[] = [...REFUSED, ...DROPPED].map(([message]) => message);
const SOUND = Object.values(torture).filter((message) => !FAULTY.includes(message));

describe('RFC 4475', () => {
  it.each(REFUSED)('§$title is refused so that it can be answered', (fixture, code, status) => {
    const result = read(fixture);
    expect(result).toMatchObject({ ok: false, error: { code }, request: { kind: 'request' } });
    expect(!result.ok && result.error.responseStatus).toBe(status);
  });

  it.each(DROPPED)('§$title is refused', (fixture, code) => {
    const result = read(fixture);
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(result).not.toHaveProperty('request');
  });

  it.each(SOUND)('§$title reads the same after it was written', (fixture) => {
    const message = accepted(fixture);
    const again = parseMessage(serializeMessage(message));
    if (!again.ok) throw again.error;
    const { headers } = again.message;
    expect({ ...again.message, headers: undefined }).toEqual({
      ...message,
      headers: undefined,
      body: Buffer.from(message.body),
    });
    expect(headers.via).toEqual(message.headers.via);
    expect(headers.from).toEqual(message.headers.from);
    expect(headers.to).toEqual(message.headers.to);
    expect(headers.cseq).toEqual(message.headers.cseq);
  });

  it('§3.1.1.1 folded, compact and spaced header fields mean what they say', () => {
    const { headers, body } = accepted(torture.wsinv);
    expect(headers.to).toMatchObject({ uri: { user: 'vivekg' } });
    expect(headers.to.params).toEqual(new Map([['tag', '1918181833n']]));
    expect(headers.from.displayName).toBe('J Rosenberg \\"');
    expect(headers.from.params.get('tag')).toBe('98asjd8');
    expect(headers.cseq).toEqual({ sequence: 9, method: 'INVITE' });
    expect(headers.via.map(({ transport, host }) => `${transport} ${host}`)).toEqual([
      'UDP 192.0.2.2',
      'TCP spindle.example.com',
      'UDP 192.168.255.111',
    ]);
    expect(headers.via[2]?.params.get('branch')).toBe('z9hG4bK30239');
    expect(headers.get('Subject')).toBe('');
    expect(headers.get('newfangledheader')).toBe('newfangled value continued newfangled value');
    const [contact] = headers.contacts;
    expect(contact).toMatchObject({ displayName: 'Quoted string ""', uri: { user: 'jdrosen' } });
    expect(body.length).toBe(150);
  });

  it('§3.1.1.2 unusual but legal characters survive', () => {
    const { headers } = accepted(torture.intmeth);
    expect(headers.to.displayName).toBe('BEL:\u0007 NUL:\u0000 DEL:\u007f');
    expect(headers.to.uri.user).toBe("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
    expect(headers.from.displayName).toBe("token1~` token2'+_ token3*%!.-");
    expect(headers.from.params.get("fromparam''~+*_!.-%")).toBe('работающий');
  });

  it('§3.1.1.3 escapes are resolved once', () => {
    const { headers } = accepted(torture.esc01);
    expect(headers.to.uri.user).toBe('user');
    expect(headers.from.uri.user).toBe('I have spaces');
    const [contact] = headers.contacts;
    expect(contact).toMatchObject({ uri: { user: 'caller' } });
    expect(typeof contact === 'object' && [...contact.uri.params]).toEqual([
      ['lr', null],
      ['name', 'value%41'],
    ]);
  });

  it('§3.1.1.4 escaped nulls are characters of the user', () => {
    const { headers } = accepted(torture.escnull);
    expect(headers.to.uri.user).toBe('null-\0-null');
    expect(headers.contacts).toMatchObject([{ uri: { user: '\0' } }, { uri: { user: '\0\0' } }]);
  });

  it('§3.1.1.5 % outside URIs is just a character', () => {
    const message = accepted(torture.esc02);
    expect(message.kind === 'request' && message.method).toBe('RE%47IST%45R');
    expect(message.headers.to.displayName).toBe('%Z%45');
    expect(message.headers.contacts).toHaveLength(2);
    expect(message.headers.get('C%6Fntact')).toBe('<sip:alias2@host2.example.com>');
  });

  it('§3.1.1.7 long values are within the limits', () => {
    const { headers } = accepted(torture.longreq);
    expect(headers.via).toHaveLength(35);
    expect(headers.to.uri.params.size).toBe(3);
  });

  it('§3.1.1.8 bytes after the message are cut', () => {
    expect(accepted(torture.dblreq).body.length).toBe(0);
  });

  it('§3.1.1.9 a bare URI gives its parameters to the header field', () => {
    expect(accepted(torture.semiuri).headers.from.params.get('tag')).toBe('33242');
  });

  it('§3.1.1.11 a body is bytes, whatever it holds', () => {
    expect(Buffer.from(accepted(torture.mpart01).body).includes(Buffer.from([0, 0x30]))).toBe(true);
  });

  it('§3.1.1.12, §3.1.1.13 a reason phrase may hold anything or nothing', () => {
    expect(accepted(torture.unreason)).toMatchObject({
      status: 200,
      reason: expect.stringContaining('но сто девяносто'),
    });
    expect(accepted(torture.noreason)).toMatchObject({ status: 100, reason: '' });
  });

  it('§3.1.2.13 a Contact with ? outside brackets is refused when it is read', () => {
    expect(() => accepted(torture.regbadct).headers.contacts).toThrow(
      expect.objectContaining({ code: 'SIP_MALFORMED_HEADER', header: 'Contact' }),
    );
  });

  it('§3.3.12, §3.3.13 a parameter belongs to the field without brackets, to the URI within', () => {
    const [field] = accepted(torture.cparam01).headers.contacts;
    const [uri] = accepted(torture.cparam02).headers.contacts;
    expect(typeof field === 'object' && [...field.params.keys()]).toEqual(['unknownparam']);
    expect(typeof uri === 'object' && [...uri.uri.params.keys()]).toEqual(['unknownparam']);
  });

  it('§3.3.14 headers of a Contact URI are kept', () => {
    const [contact] = accepted(torture.regescrt).headers.contacts;
    expect(typeof contact === 'object' && contact.uri.headers.get('route')).toBe(
      '<sip:sip.example.com>',
    );
  });
});
