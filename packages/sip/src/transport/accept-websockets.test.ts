import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createResponse } from '../message/response.ts';
import { serializeMessage } from '../message/serialize-message.ts';
import { optionsOver, SocketLab } from '../testing/socket-lab.ts';

const lab = new SocketLab();
afterEach(() => lab.tidy());

const LOOPBACK = '127.0.0.1';

describe('WebSocket door', () => {
  it('takes only its path and only the sip subprotocol', async () => {
    const [http, { port }] = await lab.httpServer();
    const server = lab.agent();
    const stop = server.transport.acceptWebSockets(http, '/sip');
    const statusOf = async (path: string, protocols: string[]): Promise<string> => {
      const socket = new WebSocket(`ws://${LOOPBACK}:${port}${path}`, protocols);
      lab.onEnd(() => socket.terminate());
      const error = once(socket, 'error').then(([e]) => String(e));
      return Promise.race([error, once(socket, 'open').then(() => socket.protocol)]);
    };
    expect(await statusOf('/sip?x=y', ['other', 'sip'])).toBe('sip');
    expect(await statusOf('/other', ['sip'])).toContain('404');
    expect(await statusOf('/sip', [])).toContain('400');
    expect(await statusOf('/sip', ['xmpp'])).toContain('400');
    expect(server.transport.counters.failedHandshakes).toBe(3);
    stop();
    expect(http.listenerCount('upgrade')).toBe(0);
  });

  it('drops frames that are no SIP and answers CRLFCRLF', async () => {
    const [http, { port }] = await lab.httpServer();
    const server = lab.agent({}, (message, flow) => {
      if (message.kind === 'request') flow.send(createResponse(message, 200));
    });
    server.transport.acceptWebSockets(http);
    const socket = new WebSocket(`ws://${LOOPBACK}:${port}/sip`, 'sip');
    lab.onEnd(() => socket.terminate());
    await once(socket, 'open');
    socket.send('\r\n\r\n');
    const [pong] = await once(socket, 'message');
    expect(String(pong)).toBe('\r\n');
    socket.send('nonsense');
    socket.send(Buffer.from([0, 1, 2, 3, 4, 5]));
    socket.send(serializeMessage(optionsOver('WS')));
    const [response] = await once(socket, 'message');
    expect(String(response)).toContain('SIP/2.0 200 OK');
    expect(server.transport.counters.malformedMessages).toBe(2);
  });
});
