import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createResponse } from '../message/response.ts';
import { serializeMessage } from '../message/serialize-message.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { hopTo, optionsOver, SocketLab } from '../testing/socket-lab.ts';
import type { Flow } from './transport.ts';

const lab = new SocketLab();
afterEach(() => lab.tidy());

const LOOPBACK = '127.0.0.1';

describe('datagrams', () => {
  it('drops garbage, keep-alives and oversize, and goes on', async () => {
    const server = await lab.startServer('udp');
    const socket = createSocket('udp4');
    lab.onEnd(() => socket.close());
    const { port } = server.address;
    const tooManyHeaders = `OPTIONS sip:a SIP/2.0\r\n${'X: y\r\n'.repeat(1000)}\r\n`;
    for (const bytes of ['', '\r\n\r\n', 'x', '\0'.repeat(100), 'SIP/2.0 200', tooManyHeaders]) {
      socket.send(bytes, port, LOOPBACK);
    }
    socket.send(serializeMessage(optionsOver('UDP')), port, LOOPBACK);
    await server.events.until(() => server.events.messages.length === 1);
    expect(server.transport.counters).toMatchObject({ malformedMessages: 2, oversizeDatagrams: 1 });
    expect([...server.transport.flows()]).toEqual([]);
  });

  it('sends from the socket it listens on', async () => {
    const server = await lab.startServer('udp');
    const client = lab.agent();
    const bound = await client.transport.listen({ protocol: 'udp', host: '0.0.0.0', port: 0 });
    const flow = await client.transport.connect(...hopTo('udp', server.address));
    expect(flow.local).toEqual({ address: LOOPBACK, port: bound.port });
    await client.transport.unlisten(bound, 'udp');
    expect(flow.closed).toBe(true);
  });

  it('refuses to send what does not fit, and tells a send error to the sender only', async () => {
    const client = lab.agent();
    const flow = await client.transport.connect(...hopTo('udp', { address: LOOPBACK, port: 9 }));
    const errors: Error[] = [];
    flow.send({ ...optionsOver('UDP'), body: new Uint8Array(66_000) }, (error) =>
      errors.push(error),
    );
    expect(errors[0]).toMatchObject({ code: 'SIP_DATAGRAM_TOO_LARGE' });
    const unroutable: Flow = await client.transport
      .connect(...hopTo('udp', { address: LOOPBACK, port: 0 }))
      .catch(() => flow);
    unroutable.send(optionsOver('UDP'));
    expect(client.events.closed).toEqual([]);
  });

  it('closes the socket it sends from with its last flow, and opens another when needed', async () => {
    const server = await lab.startServer('udp');
    const client = lab.agent();
    const first = await client.transport.connect(...hopTo('udp', server.address));
    first.close();
    const rebound = createSocket('udp4');
    lab.onEnd(() => rebound.close());
    // The port is free again once nobody holds it.
    rebound.bind(first.local.port, LOOPBACK);
    await once(rebound, 'listening');
    const second = await client.transport.connect(...hopTo('udp', server.address));
    second.send(optionsOver('UDP'));
    await client.events.until(() => client.events.messages.length === 1);
    expect(second.local.port).not.toBe(first.local.port);
  });

  it('stays open as long as it is kept alive, like a connection', async () => {
    const clock = new FakeClock();
    const limits = { idleTimeoutMs: 60_000 };
    const server = await lab.startServer('udp');
    const client = lab.agent({ clock, limits });
    const flow = await client.transport.connect(...hopTo('udp', server.address));
    for (let i = 0; i < 4; i += 1) {
      clock.advance(30_000);
      flow.sendKeepAlive();
    }
    expect(flow.closed).toBe(false);
    clock.advance(60_000);
    expect(flow.closed).toBe(true);
  });

  it('answers nobody after it was closed', async () => {
    const server = lab.agent();
    const { port } = await server.transport.listen({ protocol: 'udp', host: LOOPBACK, port: 0 });
    const client = lab.agent();
    const flow = await client.transport.connect(...hopTo('udp', { address: LOOPBACK, port }));
    const request = optionsOver('UDP');
    flow.send(request);
    await server.events.until(() => server.events.messages.length === 1);
    const from = server.events.messages[0]?.flow;
    await server.transport.close();
    const errors: Error[] = [];
    from?.send(createResponse(request, 200), (error) => errors.push(error));
    expect(errors).toMatchObject([{ code: 'SIP_FLOW_BROKEN' }]);
  });

  it('rejects a port in use', async () => {
    const server = await lab.startServer('udp');
    const taken = { protocol: 'udp', host: LOOPBACK, port: server.address.port } as const;
    await expect(lab.agent().transport.listen(taken)).rejects.toMatchObject({
      code: 'SIP_LISTEN_FAILED',
    });
    const tcp = await lab.startServer('tcp');
    const takenTcp = { protocol: 'tcp', host: LOOPBACK, port: tcp.address.port } as const;
    await expect(lab.agent().transport.listen(takenTcp)).rejects.toMatchObject({
      code: 'SIP_LISTEN_FAILED',
    });
  });
});
