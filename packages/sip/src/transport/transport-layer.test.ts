import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { boundAddress, hopTo, optionsOver, SocketLab } from '../testing/socket-lab.ts';

const lab = new SocketLab();
afterEach(() => lab.tidy());

const LOOPBACK = '127.0.0.1';

describe.each(['udp', 'tcp', 'tls', 'ws', 'wss'] as const)('transport over %s', (protocol) => {
  it('registration 21: carries a request there and the response back on the same flow', async () => {
    const server = await lab.startServer(protocol);
    const client = lab.agent({ tls: () => lab.trust });
    const flow = await client.transport.connect(...hopTo(protocol, server.address));
    flow.send(optionsOver(protocol.toUpperCase()));
    await client.events.until(() => client.events.messages.length === 1);
    expect(client.events.messages[0]?.message).toMatchObject({ kind: 'response', status: 200 });
    expect(client.events.messages[0]?.flow).toBe(flow);
    const accepted = server.events.messages[0]?.flow;
    expect(accepted).toMatchObject({ protocol, accepted: true, remote: flow.local });
    expect(flow).toMatchObject({ accepted: false, remote: server.address });
    expect(flow.lastReceivedAt).toBeTypeOf('number');
    const isWebSocket = protocol.startsWith('ws');
    expect(flow.sentBy.host).toMatch(isWebSocket ? /^[a-z0-9]{12}\.invalid$/ : /^127\.0\.0\.1$/);
  });

  it('reuses the flow to the same peer', async () => {
    const server = await lab.startServer(protocol);
    const client = lab.agent({ tls: () => lab.trust });
    const to = hopTo(protocol, server.address);
    const [one, two] = await Promise.all([
      client.transport.connect(...to),
      client.transport.connect(...to),
    ]);
    expect(two).toBe(one);
    expect(client.transport.find(...to)).toBe(one);
    expect([...client.transport.flows()]).toEqual([one]);
    one.close();
    expect(client.transport.find(...to)).toBeUndefined();
    const again = await client.transport.connect(...to);
    expect(again).not.toBe(one);
  });

  it('an attempt that was given up does not spoil the one that follows at once', async () => {
    const server = await lab.startServer(protocol);
    const client = lab.agent({ tls: () => lab.trust });
    const to = hopTo(protocol, server.address);
    const controller = new AbortController();
    const dropped = client.transport.connect(...to, controller.signal);
    controller.abort(new Error('no longer wanted'));
    const next = client.transport.connect(...to, new AbortController().signal);
    await expect(dropped).rejects.toThrow('no longer wanted');
    const flow = await next;
    expect(flow.closed).toBe(false);
  });

  it('tells once of a flow that ends, and nothing after', async () => {
    const server = await lab.startServer(protocol);
    const client = lab.agent({ tls: () => lab.trust });
    const flow = await client.transport.connect(...hopTo(protocol, server.address));
    flow.close();
    flow.close();
    let refused: Error | undefined;
    flow.send(optionsOver('TCP'), (error) => (refused = error));
    flow.sendKeepAlive();
    expect(client.events.closed).toEqual([{ flow, error: undefined }]);
    expect(refused).toMatchObject({ code: 'SIP_FLOW_BROKEN' });
  });
});

describe.each(['tcp', 'tls', 'ws', 'wss'] as const)('connection over %s', (protocol) => {
  it('registration 53: hears of the end when the peer closes', async () => {
    const server = await lab.startServer(protocol);
    const client = lab.agent({ tls: () => lab.trust });
    const flow = await client.transport.connect(...hopTo(protocol, server.address));
    flow.send(optionsOver(protocol.toUpperCase()));
    await client.events.until(() => client.events.messages.length === 1);
    server.events.messages[0]?.flow.close();
    await client.events.until(() => client.events.closed.length === 1);
    expect(flow.closed).toBe(true);
    expect([...server.transport.flows(), ...client.transport.flows()]).toEqual([]);
  });

  it('pings and hears the pong', async () => {
    const server = await lab.startServer(protocol);
    const client = lab.agent({ tls: () => lab.trust });
    const flow = await client.transport.connect(...hopTo(protocol, server.address));
    flow.sendKeepAlive();
    await client.events.until(() => client.events.pongs === 1);
    expect(server.events.messages).toEqual([]);
  });

  it('refuses more connections than allowed', async () => {
    const server = await lab.startServer(protocol, { limits: { maxConnections: 1 } });
    const client = lab.agent({ tls: () => lab.trust });
    const to = hopTo(protocol, server.address);
    const first = await client.transport.connect(...to);
    first.send(optionsOver(protocol.toUpperCase()));
    await client.events.until(() => client.events.messages.length === 1);
    const second = await client.transport
      .connect(to[0], { ...to[1], isolationKey: 'other' })
      .catch((error: Error) => error);
    // A plain TCP connection is established before the peer can close it.
    if (!(second instanceof Error)) await client.events.until(() => second.closed);
    expect(server.transport.counters.refusedConnections).toBe(1);
    expect(server.transport.connectionCount).toBe(1);
  });

  it('reports a refused connection', async () => {
    const server = createServer().listen(0, LOOPBACK);
    await once(server, 'listening');
    const address = boundAddress(server);
    server.close();
    await once(server, 'close');
    const client = lab.agent();
    await expect(client.transport.connect(...hopTo(protocol, address))).rejects.toMatchObject({
      code: 'SIP_CONNECT_FAILED',
    });
  });
});

describe.each(['tls', 'ws', 'wss'] as const)('handshake of %s', (protocol) => {
  it('registration 29: is given up when nobody waits for it, or when it takes too long', async () => {
    const hole = createServer((socket) => socket.on('error', () => {}));
    hole.listen(0, LOOPBACK);
    await once(hole, 'listening');
    lab.onEnd(() => hole.close());
    const clock = new FakeClock();
    const client = lab.agent({ clock, limits: { connectTimeoutMs: 3000 } });
    const to = hopTo(protocol, boundAddress(hole));
    const controller = new AbortController();
    const dropped = client.transport.connect(...to, controller.signal);
    await once(hole, 'connection');
    controller.abort(new Error('no longer wanted'));
    await expect(dropped).rejects.toThrow('no longer wanted');
    const late = client.transport.connect(...to);
    await once(hole, 'connection');
    clock.advance(3000);
    await expect(late).rejects.toMatchObject({ code: 'SIP_CONNECT_TIMEOUT' });
    expect(clock.pending).toBe(0);
  });
});
