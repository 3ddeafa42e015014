import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { serializeMessage } from '../message/serialize-message.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { boundAddress, hopTo, optionsOver, SocketLab } from '../testing/socket-lab.ts';

const lab = new SocketLab();
afterEach(() => lab.tidy());

const LOOPBACK = '127.0.0.1';

/** Resolves when the connection is gone, by whatever means. */
function closeOf(socket: Socket): Promise<void> {
  socket.on('error', () => {});
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
  });
}

describe('stream supervision', () => {
  it('joins messages that arrive in pieces and splits those that arrive together', async () => {
    const server = await lab.startServer('tcp');
    const socket = connect(server.address.port, LOOPBACK);
    lab.onEnd(() => socket.destroy());
    const bytes = Buffer.concat([
      serializeMessage(optionsOver('TCP', 'a')),
      Buffer.from('\r\n\r\n'),
      serializeMessage(optionsOver('TCP', 'b')),
    ]);
    for (let at = 0; at < bytes.length; at += 50) socket.write(bytes.subarray(at, at + 50));
    await server.events.until(() => server.events.messages.length === 2);
    const branches = server.events.messages.map(({ message }) =>
      message.headers.via[0]?.params.get('branch'),
    );
    expect(branches).toEqual(['z9hG4bK.a', 'z9hG4bK.b']);
  });

  it('closes a connection that sends no SIP, after an answer where one is possible', async () => {
    const server = await lab.startServer('tcp');
    const socket = connect(server.address.port, LOOPBACK);
    socket.write('GET / HTTP/1.1\r\nHost: example.org\r\n\r\n');
    await closeOf(socket);
    expect(server.events.malformed).toHaveLength(1);
    expect(server.events.closed[0]?.error).toBeUndefined();
    expect(server.transport.counters.malformedMessages).toBe(1);
  });

  it('closes connections that never finish a message, however they trickle', async () => {
    const clock = new FakeClock();
    const server = await lab.startServer('tcp', { clock });
    // The silent connection and the half message end; the complete one stays.
    const silent = connect(server.address.port, LOOPBACK);
    const trickling = connect(server.address.port, LOOPBACK);
    const honest = connect(server.address.port, LOOPBACK);
    lab.onEnd(() => honest.destroy());
    trickling.write('OPTIONS sip:a SIP/2.0\r\n');
    honest.write(serializeMessage(optionsOver('TCP')));
    await server.events.until(() => server.events.messages.length === 1);
    await once(honest, 'data');
    await expect.poll(() => [...server.transport.flows()].length).toBe(3);
    await expect
      .poll(() => [...server.transport.flows()].filter((f) => f.lastReceivedAt).length)
      .toBe(2);
    clock.advance(31_000);
    trickling.write('X: y\r\n');
    clock.advance(1000);
    await Promise.all([closeOf(silent), closeOf(trickling)]);
    expect([...server.transport.flows()]).toHaveLength(1);
  });

  it('does not wait for ever for the rest of what a server began', async () => {
    const peer = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('SIP/2.0 200 OK\r\nContent-Length: 60000\r\n\r\nnever so long');
    }).listen(0, LOOPBACK);
    await once(peer, 'listening');
    lab.onEnd(() => peer.close());
    const clock = new FakeClock();
    const client = lab.agent({ clock });
    const flow = await client.transport.connect(...hopTo('tcp', boundAddress(peer)));
    await expect.poll(() => flow.lastReceivedAt).toBeDefined();
    clock.advance(31_999);
    expect(flow.closed).toBe(false);
    clock.advance(1);
    expect(client.events.closed[0]).toMatchObject({ flow, error: { code: 'SIP_FLOW_BROKEN' } });
    expect(clock.pending).toBe(0);
  });

  it('closes idle connections after an hour, busy ones not', async () => {
    const clock = new FakeClock();
    const server = await lab.startServer('tcp');
    const client = lab.agent({ clock });
    const flow = await client.transport.connect(...hopTo('tcp', server.address));
    clock.advance(3_599_000);
    flow.sendKeepAlive();
    await client.events.until(() => client.events.pongs === 1);
    clock.advance(3_599_000);
    expect(flow.closed).toBe(false);
    clock.advance(1000);
    expect(client.events.closed).toEqual([{ flow, error: undefined }]);
    expect(clock.pending).toBe(0);
  });

  it('breaks with a peer that does not read', async () => {
    const server = await lab.startServer('tcp', { limits: { maxQueuedBytes: 10_000 } });
    const socket = connect(server.address.port, LOOPBACK);
    lab.onEnd(() => socket.destroy());
    socket.on('error', () => {}).pause();
    socket.write(serializeMessage(optionsOver('TCP')));
    await server.events.until(() => server.events.messages.length === 1);
    const flow = server.events.messages[0]?.flow;
    const isOpen = (): boolean => flow?.closed === false;
    for (let i = 0; i < 100_000 && isOpen(); i += 1) flow?.send(optionsOver('TCP'));
    expect(flow?.closed).toBe(true);
    expect(server.events.closed[0]?.error).toMatchObject({ code: 'SIP_FLOW_BROKEN' });
  });

  it('hears of a reset once, with its cause', async () => {
    const peer = createServer().listen(0, LOOPBACK);
    await once(peer, 'listening');
    lab.onEnd(() => peer.close());
    const client = lab.agent();
    const accepted = once(peer, 'connection');
    const flow = await client.transport.connect(...hopTo('tcp', boundAddress(peer)));
    const [socket] = await accepted;
    socket.resetAndDestroy();
    await client.events.until(() => client.events.closed.length > 0);
    expect(client.events.closed).toHaveLength(1);
    expect(client.events.closed[0]).toMatchObject({ flow, error: { code: 'SIP_FLOW_BROKEN' } });
  });

  it('survives a listener that throws', async () => {
    const faults: unknown[] = [];
    const server = lab.agent({ onFault: (fault) => faults.push(fault) }, () => {
      throw new Error('bug above');
    });
    const listen = { protocol: 'tcp', host: LOOPBACK, port: 0 } as const;
    const address = await server.transport.listen(listen);
    const socket = connect(address.port, LOOPBACK);
    lab.onEnd(() => socket.destroy());
    socket.write(serializeMessage(optionsOver('TCP', 'a')));
    socket.write(serializeMessage(optionsOver('TCP', 'b')));
    await server.events.until(() => server.events.messages.length === 2);
    expect(faults[0]).toMatchObject({ message: 'bug above' });
  });
});
