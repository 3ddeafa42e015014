import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createDatabase } from './database-servers.ts';

/** A way to a database that can be closed, as when the network or the server goes away. */
export interface DatabaseGate extends AsyncDisposable {
  /** URL of a new, empty database behind the gate. */
  readonly url: string;
  /** Breaks every connection; new ones are refused until `open`. */
  close(): Promise<void>;
  open(): Promise<void>;
}

/** The same database without what names its socket, and that socket. */
function socketOf(url: URL): { readonly direct: URL; readonly path: string } {
  const direct = new URL(url);
  const socket = direct.searchParams.get('socketPath');
  const folder = direct.searchParams.get('host');
  direct.search = '';
  return { direct, path: socket ?? join(folder ?? '', `.s.PGSQL.${url.port || '5432'}`) };
}

export async function openDatabaseGate(engine: 'mysql' | 'postgres'): Promise<DatabaseGate> {
  const { direct, path } = socketOf(new URL(await createDatabase(engine)));
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const database = connect(path);
    for (const socket of [client, database]) keep(socket);
    client.pipe(database).pipe(client);
  });
  let port = 0;
  const open = async (): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) port = address.port;
  };
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await open();
  direct.hostname = '127.0.0.1';
  direct.port = String(port);
  return {
    url: direct.href,
    open,
    close,
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await close();
    },
  };
}
