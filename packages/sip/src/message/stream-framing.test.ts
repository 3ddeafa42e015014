import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SipMessage } from './message.ts';
import { createRequest } from './request.ts';
import { serializeMessage } from './serialize-message.ts';
import { type StreamEvent, StreamFraming } from './stream-framing.ts';

const register = (callId: string, body = ''): Uint8Array =>
  serializeMessage(
    createRequest(
      'REGISTER',
      'sip:example.org',
      [
        ['Via', 'SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK1'],
        ['From', '<sip:alice@example.org>;tag=1'],
        ['To', '<sip:alice@example.org>'],
        ['Call-ID', callId],
        ['CSeq', '20 REGISTER'],
      ],
      Buffer.from(body),
    ),
  );

const describeEvent = (event: StreamEvent): string =>
  event.kind === 'message' ? describeMessage(event.message) : event.kind;
const describeMessage = (message: SipMessage): string =>
  `${message.headers.callId}:${Buffer.from(message.body).toString()}`;

function push(framing: StreamFraming, ...pieces: (string | Uint8Array)[]): string[] {
  return pieces.flatMap((piece) => framing.push(Buffer.from(piece)).map(describeEvent));
}

describe('StreamFraming', () => {
  it('gives messages that arrive together one by one', () => {
    const framing = new StreamFraming('server');
    const stream = Buffer.concat([register('a', 'body'), register('b'), register('c', 'x')]);
    expect(push(framing, stream)).toEqual(['a:body', 'b:', 'c:x']);
  });

  it('gives the same events however the stream is cut', () => {
    const stream = Buffer.concat([
      register('a', 'sép\r\n\r\narated'),
      Buffer.from('\r\n\r\n'),
      register('b'),
      register('c', 'x'),
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (sizes) => {
        const framing = new StreamFraming('server');
        const events: string[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          events.push(...push(framing, stream.subarray(at, at + size)));
          at += size;
        }
        // A ping that comes in two halves is announced as a pong first.
        expect(events.filter((event) => event !== 'pong')).toEqual([
          'a:sép\r\n\r\narated',
          'ping',
          'b:',
          'c:x',
        ]);
      }),
    );
  });

  it('reports a ping on either side', () => {
    expect(push(new StreamFraming('server'), '\r\n\r\n')).toEqual(['ping']);
    expect(push(new StreamFraming('client'), '\r\n\r\n')).toEqual(['ping']);
  });

  it('takes two halves of a ping together when this end accepted the connection', () => {
    expect(push(new StreamFraming('server'), '\r\n', '\r', '\n')).toEqual(['pong', 'ping']);
  });

  it('takes each CRLF for a pong when this end opened the connection', () => {
    expect(push(new StreamFraming('client'), '\r\n', '\r\n', '\r\n')).toEqual([
      'pong',
      'pong',
      'pong',
    ]);
  });

  it('reads a message that follows a keep-alive', () => {
    expect(push(new StreamFraming('client'), '\r\n', register('a'), '\r\n')).toEqual([
      'pong',
      'a:',
      'pong',
    ]);
  });

  it('reads a message without Content-Length as one without body', () => {
    const text = Buffer.from(register('a')).toString().replace('Content-Length: 0\r\n', '');
    expect(push(new StreamFraming('server'), text + text)).toEqual(['a:', 'a:']);
  });

  it('stops at bytes that are no message, and stays silent afterwards', () => {
    const framing = new StreamFraming('server');
    const [event, ...others] = framing.push(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      kind: 'malformed',
      failure: { ok: false, error: { code: 'SIP_MALFORMED_START_LINE' } },
    });
    expect(framing.push(register('a'))).toEqual([]);
  });

  it('lets a request be answered whose Content-Length is wrong', () => {
    const text = Buffer.from(register('a')).toString();
    const framing = new StreamFraming('server');
    const [event] = framing.push(Buffer.from(text.replace('Length: 0', 'Length: -1')));
    expect(event).toMatchObject({
      kind: 'malformed',
      failure: { error: { code: 'SIP_MALFORMED_HEADER' }, request: { method: 'REGISTER' } },
    });
  });

  it('refuses a header that never ends and a body beyond the limit', () => {
    const endless = new StreamFraming('server');
    expect(push(endless, register('a').subarray(0, 100), 'x'.repeat(65_536))).toEqual([
      'malformed',
    ]);
    const text = Buffer.from(register('a')).toString().replace('Length: 0', 'Length: 65536');
    expect(push(new StreamFraming('server'), text)).toEqual(['malformed']);
  });

  it('gives messages or one malformed event for any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 80 })), (chunks) => {
        const framing = new StreamFraming('server');
        const events = chunks.flatMap((chunk) => framing.push(chunk));
        expect(events.filter(({ kind }) => kind === 'malformed').length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
