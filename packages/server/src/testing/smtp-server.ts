import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header and body, lines ended by LF, dots unstuffed. */
  readonly text: string;
  /** Base64 of AUTH PLAIN, when the client authenticated. */
  readonly auth: string | undefined;
}

export interface TestSmtpServer {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  close(): Promise<void>;
}

/** What a test wants the server to answer otherwise. */
export interface TestSmtpOptions {
  /** Answer to RCPT TO, default `250 ok`. */
  readonly rcpt?: (address: string) => string;
  /** Called when a mail is complete, before it is acknowledged; the mail counts as received. */
  readonly onMail?: (mail: ReceivedMail) => Promise<void>;
}

/** A minimal SMTP server (RFC 5321) on a free port of 127.0.0.1: one recipient of real bytes for tests. */
export async function startSmtpServer(options: TestSmtpOptions = {}): Promise<TestSmtpServer> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    void converse(socket, options, mails);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    mails,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function converse(
  socket: Socket,
  { rcpt = () => '250 ok', onMail }: TestSmtpOptions,
  mails: ReceivedMail[],
): Promise<void> {
  let [from, to, auth]: [string, string[], string | undefined] = ['', [], undefined];
  let data: string[] | undefined;
  const reply = (line: string): void => {
    if (socket.writable) socket.write(`${line}\r\n`);
  };
  reply('220 test ESMTP');
  for await (const line of lines(socket)) {
    if (data !== undefined) {
      if (line !== '.') {
        data.push(line.startsWith('.') ? line.slice(1) : line);
        continue;
      }
      const mail = { from, to, text: data.join('\n'), auth };
      [data, to] = [undefined, []];
      mails.push(mail);
      await onMail?.(mail);
      reply('250 queued');
      continue;
    }
    const command = line.slice(0, 4).toUpperCase();
    if (command === 'EHLO') reply('250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME');
    else if (command === 'AUTH') reply(((auth = line.slice(11)), '235 ok'));
    else if (command === 'MAIL') reply(((from = path(line)), '250 ok'));
    else if (command === 'RCPT') {
      const answer = rcpt(path(line));
      if (answer.startsWith('2')) to.push(path(line));
      reply(answer);
    } else if (command === 'DATA') reply(((data = []), '354 go on'));
    else if (command === 'QUIT') socket.end('221 bye\r\n');
    else reply('250 ok');
  }
}

function path(line: string): string {
  return /<(.*?)>/.exec(line)?.[1] ?? '';
}

async function* lines(socket: Socket): AsyncGenerator<string> {
  let rest = '';
  socket.setEncoding('utf8');
  try {
    for await (const chunk of socket) {
      const parts = (rest + String(chunk)).split('\r\n');
      rest = parts.pop() ?? '';
      yield* parts;
    }
  } catch {
    // The client was killed, or the test is over.
  }
}
