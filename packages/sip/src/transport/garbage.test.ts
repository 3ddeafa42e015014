import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { serializeMessage } from '../message/serialize-message.ts';
import { optionsOver, SocketLab } from '../testing/socket-lab.ts';

const lab = new SocketLab();
afterEach(() => lab.tidy());

const LOOPBACK = '127.0.0.1';
const valid = Buffer.from(serializeMessage(optionsOver('UDP', 'fuzz')));

/** Random bytes, and a valid message with some bytes changed or cut. */
const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .tuple(fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255))), fc.nat(valid.length))
    .map(([changes, length]) => {
      const bytes = new Uint8Array(valid);
      for (const [at, value] of changes) bytes[at] = value;
      return bytes.subarray(0, length);
    }),
);
const samples = fc.sample(garbage, { numRuns: 300, seed: 1 });

describe('garbage', () => {
  it('in datagrams neither stops nor slows the server', async () => {
    const server = await lab.startServer('udp');
    const socket = createSocket('udp4');
    lab.onEnd(() => socket.close());
    const { port } = server.address;
    // Turn by turn: a burst would overflow the receive buffer and lose datagrams.
    const last = serializeMessage(optionsOver('UDP', 'last'));
    for (const bytes of [...samples, last]) {
      socket.send(bytes, port, LOOPBACK);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    await server.events.until(() => isLast(server.events.messages.at(-1)));
    expect(server.transport.counters.malformedMessages).toBeGreaterThan(100);
  });

  it('in streams costs the sender its connection and nobody else', async () => {
    const server = await lab.startServer('tcp');
    const { port } = server.address;
    for (const bytes of samples.slice(0, 100)) {
      const socket = connect(port, LOOPBACK);
      socket.on('error', () => {});
      socket.end(bytes);
      socket.resume();
      await new Promise((resolve) => {
        socket.once('close', resolve);
      });
    }
    const socket = connect(port, LOOPBACK);
    lab.onEnd(() => socket.destroy());
    socket.write(serializeMessage(optionsOver('TCP', 'last')));
    await once(socket, 'data');
    await expect.poll(() => server.transport.connectionCount).toBe(1);
    expect([...server.transport.flows()]).toHaveLength(1);
  });

  it('in WebSocket frames is dropped frame by frame', async () => {
    const server = await lab.startServer('ws');
    const socket = new WebSocket(`ws://${LOOPBACK}:${server.address.port}/sip`, 'sip');
    lab.onEnd(() => socket.terminate());
    await once(socket, 'open');
    for (const bytes of samples) socket.send(bytes);
    socket.send(serializeMessage(optionsOver('WS', 'last')));
    await server.events.until(() => isLast(server.events.messages.at(-1)));
    expect([...server.transport.flows()]).toHaveLength(1);
  });
});

type Received = {
  readonly message: { readonly headers: { get(name: string): string | undefined } };
};

function isLast(received: Received | undefined): boolean {
  return received?.message.headers.get('Via')?.includes('z9hG4bK.last') === true;
}
