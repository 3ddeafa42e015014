import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ovhTransport } from './ovh-transport.ts';
import { webhookTransport } from './webhook-transport.ts';

interface ReceivedRequest {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('SMS transports', () => {
  let server: Server;
  let base: string;
  let requests: ReceivedRequest[];
  let answers: Record<string, { status?: number; body?: string }>;

  beforeEach(async () => {
    [requests, answers] = [[], {}];
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const line = `${request.method} ${request.url}`;
        requests.push({ line, headers: request.headers, body });
        const { status = 200, body: answer = '' } = answers[line] ?? {};
        return response.writeHead(status).end(answer);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const sms = { kind: 'sms', to: '+33612345678', text: 'Code 1234 é' } as const;
  const delivery = { id: 5, spaceId: undefined };

  it('post a message to the webhook with its token', async () => {
    await webhookTransport({ url: `${base}/hook`, token: 't' }).send(sms, delivery);
    expect(requests).toMatchObject([
      {
        line: 'POST /hook',
        headers: {
          authorization: 'Bearer t',
          'content-type': 'application/json',
          'idempotency-key': 'dialtone-5',
        },
      },
    ]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ to: sms.to, text: sms.text });
  });

  it('tell a refusal for good from one that may pass', async () => {
    const hook = webhookTransport({ url: `${base}/hook`, token: undefined });
    for (const [status, permanent] of [
      [400, true],
      [404, true],
      [401, false],
      [429, false],
      [500, false],
    ] as const) {
      answers = { 'POST /hook': { status } };
      await expect(hook.send(sms, delivery)).rejects.toMatchObject({ permanent });
    }
    const nobody = webhookTransport({ url: 'http://127.0.0.1:1/', token: undefined });
    await expect(nobody.send(sms, delivery)).rejects.toMatchObject({ permanent: false });
  });

  it('send through the first OVH service, each request signed', async () => {
    answers = { 'GET /sms': { body: '["sms-ab1-1","other"]' } };
    const settings = { key: 'AK', secret: 'AS', consumerKey: 'CK', endpoint: base, sender: 'Me' };
    await ovhTransport(settings, { now: () => 1_700_000_000_999 }).send(sms, delivery);
    expect(requests.map(({ line }) => line)).toEqual(['GET /sms', 'POST /sms/sms-ab1-1/jobs']);
    expect(JSON.parse(requests[1]?.body ?? '')).toEqual({
      charset: 'UTF-8',
      class: 'phoneDisplay',
      coding: '7bit',
      message: 'Code 1234 é',
      noStopClause: true,
      priority: 'high',
      receivers: ['+33612345678'],
      sender: 'Me',
      senderForResponse: false,
      validityPeriod: 2880,
    });
    for (const { line, headers, body } of requests) {
      const [method, path] = line.split(' ');
      const signed = `AS+CK+${method}+${base}${path}+${body}+1700000000`;
      expect(headers).toMatchObject({
        'x-ovh-application': 'AK',
        'x-ovh-consumer': 'CK',
        'x-ovh-timestamp': '1700000000',
        'x-ovh-signature': `$1$${createHash('sha1').update(signed).digest('hex')}`,
      });
    }
  });

  it('report an OVH account without service', async () => {
    answers = { 'GET /sms': { body: '[]' } };
    const settings = { key: 'a', secret: 'b', consumerKey: 'c', endpoint: base, sender: undefined };
    await expect(ovhTransport(settings, { now: () => 0 }).send(sms, delivery)).rejects.toThrow(
      'no SMS service',
    );
  });
});
