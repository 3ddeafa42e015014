import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyNameAddr, anyText, anyToken, anyVia } from './fixtures/arbitraries.ts';
import { serializeVia } from './headers/via.ts';
import { MAX_HEADER_FIELDS, MAX_LINE_LENGTH, MAX_MESSAGE_BYTES } from './limits.ts';
import { serializeNameAddr } from './name-addr.ts';
import { parseMessage } from './parse-message.ts';
import { createRequest } from './request.ts';
import { createResponse } from './response.ts';
import { serializeMessage } from './serialize-message.ts';

const REGISTER = [
  'REGISTER sip:example.org SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
  'From: <sip:alice@example.org>;tag=1',
  'To: <sip:alice@example.org>',
  'Call-ID: abc',
  'CSeq: 20 REGISTER',
];

function parse(lines: readonly string[], lineBreak = '\r\n', body = '') {
  return parseMessage(Buffer.from(lines.join(lineBreak) + lineBreak + lineBreak + body));
}

function codeOf(lines: readonly string[], body = ''): string {
  const result = parse(lines, '\r\n', body);
  return result.ok ? 'ok' : result.error.code;
}

describe('parseMessage', () => {
  it('reads requests and responses', () => {
    expect(parse(REGISTER)).toMatchObject({
      ok: true,
      message: { kind: 'request', method: 'REGISTER', requestUri: 'sip:example.org' },
    });
    expect(parse(['SIP/2.0 200 OK', ...REGISTER.slice(1)])).toMatchObject({
      ok: true,
      message: { kind: 'response', status: 200, reason: 'OK' },
    });
  });

  it('takes lines that end in LF, also mixed with CRLF, and line breaks before the message', () => {
    const result = parse(REGISTER, '\n', 'body\r\n\r\n');
    expect(result.ok && Buffer.from(result.message.body).toString()).toBe('body\r\n\r\n');
    expect(parse(['', '', ...REGISTER]).ok).toBe(true);
    expect(parse([`${REGISTER[0]}\n${REGISTER[1]}`, ...REGISTER.slice(2)]).ok).toBe(true);
  });

  it('reads UTF-8 in headers and leaves bodies as bytes', () => {
    const [first = '', via = '', from = '', ...rest] = REGISTER;
    const result = parse(
      [first, via, from.replace('<', '"Zoë \u{1f600}" <'), ...rest],
      '\r\n',
      '\u{1f600}',
    );
    expect(result.ok && result.message.headers.from.displayName).toBe('Zoë \u{1f600}');
    expect(result.ok && Buffer.from(result.message.body).toString()).toBe('\u{1f600}');
  });

  it('ends the body where Content-Length says', () => {
    const result = parse([...REGISTER, 'Content-Length: 3'], '\r\n', 'abcdef');
    expect(result.ok && Buffer.from(result.message.body).toString()).toBe('abc');
    expect(codeOf([...REGISTER, 'l: 7'], 'abcdef')).toBe('SIP_TRUNCATED');
    expect(codeOf([...REGISTER, 'l: 1e1'], 'abcdef')).toBe('SIP_MALFORMED_HEADER');
  });

  it.each([
    ['nothing', []],
    ['no version', ['REGISTER sip:example.org']],
    ['another protocol', ['GET / HTTP/1.1', ...REGISTER.slice(1)]],
    ['no scheme in the URI', ['REGISTER example.org SIP/2.0', ...REGISTER.slice(1)]],
    ['a status of two digits', ['SIP/2.0 20 OK', ...REGISTER.slice(1)]],
    ['a status of four digits', ['SIP/2.0 2000 OK', ...REGISTER.slice(1)]],
    ['a status above 699', ['SIP/2.0 700 OK', ...REGISTER.slice(1)]],
  ])('refuses a first line with %s', (_what, lines) => {
    expect(['SIP_MALFORMED_START_LINE', 'SIP_TRUNCATED']).toContain(codeOf(lines));
  });

  it.each([1, 2, 3, 4, 5])('refuses a message without its mandatory field %i', (index) => {
    expect(codeOf(REGISTER.filter((_, line) => line !== index))).toBe('SIP_MISSING_HEADER');
  });

  it.each(['no colon', ': no name', 'na me: x', 'X: a\rb', '\u00e9: x'])(
    'refuses the header line %j',
    (line) => {
      expect(codeOf([...REGISTER, line])).toBe('SIP_MALFORMED_HEADER');
    },
  );

  it('has limits', () => {
    const long = `X: ${'x'.repeat(MAX_LINE_LENGTH)}`;
    expect(codeOf([...REGISTER, long])).toBe('SIP_MESSAGE_TOO_LARGE');
    const folded = ['X: a', ...Array.from({ length: 100 }, () => ` ${'x'.repeat(100)}`)];
    expect(codeOf([...REGISTER, ...folded])).toBe('SIP_MESSAGE_TOO_LARGE');
    const many = Array.from({ length: MAX_HEADER_FIELDS }, () => 'X: y');
    expect(codeOf([...REGISTER, ...many])).toBe('SIP_MESSAGE_TOO_LARGE');
    expect(codeOf(REGISTER, 'x'.repeat(MAX_MESSAGE_BYTES))).toBe('SIP_MESSAGE_TOO_LARGE');
  });

  it('gives back a bad request that can be answered', () => {
    const result = parse(REGISTER.map((line) => line.replace('<sip:alice', '<tel:alice')));
    if (result.ok || result.request === undefined) throw new Error('nothing to answer');
    const response = createResponse(result.request, result.error.responseStatus);
    expect(response).toMatchObject({ status: 400, reason: 'Bad Request' });
    expect(response.headers.get('To')).toMatch(/^<tel:alice@example.org>;tag=[0-9a-f]{16}$/);
  });

  it('parses back what serializeMessage writes', () => {
    const entries = fc
      .record({
        vias: fc.array(anyVia.map(serializeVia), { minLength: 1, maxLength: 3 }),
        from: anyNameAddr.map(serializeNameAddr),
        to: anyNameAddr.map(serializeNameAddr),
        callId: anyToken,
        others: fc.array(
          fc.tuple(
            anyToken.map((name) => `X-${name}`),
            anyText,
          ),
          { maxLength: 3 },
        ),
      })
      .map(({ vias, from, to, callId, others }): [string, string][] => [
        ...vias.map((via): [string, string] => ['Via', via]),
        ['From', from],
        ['To', to],
        ['Call-ID', callId],
        ['CSeq', '1 OPTIONS'],
        ...others.map(([name, value]): [string, string] => [name, value.trim()]),
      ]);
    fc.assert(
      fc.property(entries, fc.uint8Array({ maxLength: 100 }), (headers, body) => {
        const request = createRequest('OPTIONS', 'sip:example.org', headers, body);
        const result = parseMessage(serializeMessage(request));
        if (!result.ok) throw result.error;
        const [...fields] = result.message.headers.entries();
        expect(fields.pop()).toEqual(['Content-Length', String(body.length)]);
        expect(fields).toEqual(headers);
        expect(Buffer.from(result.message.body)).toEqual(Buffer.from(body));
      }),
    );
  });

  it('gives a message or a typed error for any bytes', () => {
    const message = Buffer.from(`${REGISTER.join('\r\n')}\r\n\r\n`);
    const damaged = fc
      .array(fc.tuple(fc.nat(message.length - 1), fc.nat(255)), { maxLength: 6 })
      .map((changes) => {
        const bytes = Buffer.from(message);
        for (const [index, value] of changes) bytes[index] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
        expect(() => parseMessage(bytes)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
