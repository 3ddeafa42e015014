import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { boundAddress, hopTo, optionsOver, SocketLab } from '../testing/socket-lab.ts';

const lab = new SocketLab();
afterEach(() => lab.tidy());

/** An HTTP proxy; `status` other than 200 refuses. */
async function startProxy(asked: string[], status = 200): Promise<Server> {
  const proxy = createServer();
  proxy.on('connect', (request, client) => {
    asked.push(request.url ?? '');
    client.on('error', () => {});
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const url = new URL(`http://${request.url}`);
    const server = connect(Number(url.port), url.hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(server).pipe(client);
    });
    server.on('error', () => client.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  lab.onEnd(() => proxy.close());
  return proxy;
}

it.each(['tls', 'wss'] as const)('%s goes through the proxy', async (protocol) => {
  const asked: string[] = [];
  const proxy = boundAddress(await startProxy(asked));
  const server = await lab.startServer(protocol);
  const client = lab.agent({
    tls: () => lab.trust,
    httpProxy: () => ({ host: 'localhost', port: proxy.port }),
  });
  const flow = await client.transport.connect(...hopTo(protocol, server.address));
  flow.send(optionsOver(protocol.toUpperCase()));
  await client.events.until(() => client.events.messages.length === 1);
  expect(asked).toEqual([`127.0.0.1:${server.address.port}`]);
});

it('tcp does not', async () => {
  const asked: string[] = [];
  const proxy = boundAddress(await startProxy(asked));
  const server = await lab.startServer('tcp');
  const client = lab.agent({ httpProxy: () => ({ host: '127.0.0.1', port: proxy.port }) });
  await client.transport.connect(...hopTo('tcp', server.address));
  expect(asked).toEqual([]);
});

it.each([403, 407, 502])('a proxy that answers %d is no connection', async (status) => {
  const proxy = boundAddress(await startProxy([], status));
  const server = await lab.startServer('tls');
  const client = lab.agent({
    tls: () => lab.trust,
    httpProxy: () => ({ host: '127.0.0.1', port: proxy.port }),
  });
  await expect(client.transport.connect(...hopTo('tls', server.address))).rejects.toMatchObject({
    code: 'SIP_CONNECT_FAILED',
  });
});

it('a proxy that is not there is no connection', async () => {
  const proxy = await startProxy([]);
  const { port } = boundAddress(proxy);
  proxy.close();
  await once(proxy, 'close');
  const server = await lab.startServer('tls');
  const client = lab.agent({ httpProxy: () => ({ host: '127.0.0.1', port }) });
  await expect(client.transport.connect(...hopTo('tls', server.address))).rejects.toMatchObject({
    code: 'SIP_CONNECT_FAILED',
  });
});
