import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import {
  createResponse,
  createTransportLayer,
  systemClock,
  systemRandom,
  TransactionLayer,
} from '@dialtone/sip';
import { type FuzzTarget, require } from '../fuzz-target.ts';
import { SIP_DICTIONARY, SIP_SEEDS } from './sip-seeds.ts';

/** Opcodes of RFC 6455 §5.2, in a frame that ends its message. */
const OPCODES = { text: 0x81, binary: 0x82, close: 0x88 } as const;

/** A masked client frame; the mask is zero, so that changes of the payload stay visible. */
function frame(opcode: number, payload: Uint8Array): Buffer {
  const head =
    payload.length < 126
      ? [opcode, 0x80 | payload.length]
      : [opcode, 0x80 | 126, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

const HANDSHAKE = [
  'GET /sip HTTP/1.1',
  'Host: localhost',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Protocol: sip',
  '',
  '',
].join('\r\n');

const faults: unknown[] = [];
let port = 0;
let connections: (() => number) | undefined;

async function open(): Promise<() => Promise<void>> {
  const http = createServer();
  const transactions = new TransactionLayer({
    clock: systemClock,
    onFault: (error) => faults.push(error),
    onRequest: (request, _flow, respond) => respond(createResponse(request, 200)),
  });
  const transport = createTransportLayer({
    clock: systemClock,
    random: systemRandom,
    listener: transactions,
    onFault: (error) => faults.push(error),
  });
  transport.acceptWebSockets(http);
  connections = () => transport.connectionCount;
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  port = address.port;
  return async () => {
    transactions.close();
    await transport.close();
    http.close();
  };
}

/** Sends bytes after a handshake and hangs up; ends when the server has done so, too. */
async function converse(bytes: Uint8Array): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => {});
  socket.write(HANDSHAKE);
  await once(socket, 'data');
  socket.resume();
  const closed = new Promise((resolve) => {
    socket.once('close', resolve);
  });
  socket.end(bytes);
  await closed;
}

/** WebSocket connections: whatever one sends, it ends and the next one is served. */
export const websocketFrames: FuzzTarget = {
  name: 'websocket-frames',
  seeds: SIP_SEEDS.map((seed, i) =>
    Buffer.concat([
      frame(i % 2 === 0 ? OPCODES.text : OPCODES.binary, seed),
      frame(OPCODES.close, Buffer.from([3, 232])),
    ]),
  ),
  dictionary: [
    ...SIP_DICTIONARY,
    '\x81\x80\0\0\0\0',
    '\x01\x80\0\0\0\0',
    '\x80\xff\x7f\xff\xff\xff',
    '\x88\x81\0\0\0\0\x03',
  ],
  open,
  async run(input) {
    await converse(input);
    const [fault] = faults.splice(0);
    if (fault !== undefined) throw fault;
    require((connections?.() ?? 0) === 0, 'a connection that ended is forgotten');
  },
};
