import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createAdministrator, createSpace, readConfig, startServer } from '@dialtone/server';
import fastify from 'fastify';
import { temporaryFolder } from '../../interop/support/temporary-folder.ts';
import { issueTokens, storeAccounts } from './million-accounts.ts';

const host = '127.0.0.1';
const domain = 'sip.example.org';

/** What a phone sends with each request for its configuration. */
export const phoneHeaders = { 'x-linphone-provisioning': '1' };

/** What a server in a process of its own can be asked for; each answers with one message. */
type Question =
  | { readonly ask: 'cpu' }
  | { readonly ask: 'tokens'; readonly count: number }
  | { readonly ask: 'end' };

/** A server in a process of its own, so that the load generator does not share its event loop. */
export interface MeasuredServer extends AsyncDisposable {
  readonly url: string;
  /** Processor time it has used, in microseconds. */
  readonly cpu: () => Promise<number>;
}

/** A Dialtone server on SQLite with many accounts. */
export interface AccountsServer extends MeasuredServer {
  readonly accounts: number;
  /** Of an administrator. */
  readonly apiKey: string;
  /** Tokens that work, for accounts that are not activated yet. */
  readonly newTokens: (count: number) => Promise<readonly string[]>;
}

interface Started {
  readonly url: string;
  readonly apiKey: string;
}

async function serveAccounts(accounts: number): Promise<void> {
  using folder = temporaryFolder('bench');
  const server = await startServer(
    readConfig({
      DIALTONE_HOST: host,
      DIALTONE_PORT: '0',
      DIALTONE_DATA: folder.path,
      DIALTONE_REGISTRAR: 'off',
      DIALTONE_LOG_LEVEL: 'warn',
    }),
  );
  const { db } = server.platform;
  const space = await createSpace(server.platform, { domain, host, name: 'Bench' });
  await storeAccounts(db, domain, accounts, (stored) => {
    console.error(`${stored.toLocaleString('en')} of ${accounts.toLocaleString('en')} accounts`);
  });
  const { apiKey } = await createAdministrator(server.platform, space, {
    username: 'admin',
    password: 'secret',
    keyName: 'bench',
  });
  await answerUntilEnd({ url: server.url, apiKey }, (count) => issueTokens(db, accounts, count));
  await server.close();
}

/** Answers each path with its text, and does nothing else. */
async function serveBare(): Promise<void> {
  const [texts] = await once(process, 'message');
  const app = fastify();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own other half sent it
  for (const [path, text] of Object.entries(texts as Readonly<Record<string, string>>)) {
    app.get(path, (_request, reply) => {
      void reply.header('content-type', 'application/xml').send(text);
    });
  }
  await answerUntilEnd({ url: await app.listen({ host, port: 0 }), apiKey: '' });
  await app.close();
}

async function answerUntilEnd(
  started: Started,
  newTokens?: (count: number) => Promise<readonly string[]>,
): Promise<void> {
  process.send?.(started);
  for (;;) {
    const [message] = await once(process, 'message');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own other half sent it
    const question = message as Question;
    if (question.ask === 'end') break;
    if (question.ask === 'tokens') process.send?.((await newTokens?.(question.count)) ?? []);
    else {
      const { user, system } = process.cpuUsage();
      process.send?.(user + system);
    }
  }
  process.disconnect();
}

async function messageOf<T>(child: ChildProcess): Promise<T> {
  const [message] = await once(child, 'message');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own other half sent it
  return message as T;
}

function start(...role: readonly string[]): ChildProcess {
  return fork(new URL(import.meta.url), role);
}

function controls(child: ChildProcess) {
  const ask = <T>(question: Question): Promise<T> => {
    child.send(question);
    return messageOf<T>(child);
  };
  return {
    cpu: () => ask<number>({ ask: 'cpu' }),
    newTokens: (count: number) => ask<readonly string[]>({ ask: 'tokens', count }),
    [Symbol.asyncDispose]: async () => {
      child.send({ ask: 'end' } satisfies Question);
      await once(child, 'exit');
    },
  };
}

/** Starts a server with that many accounts; a million take a minute. */
export async function startAccountsServer(accounts: number): Promise<AccountsServer> {
  const child = start('accounts', String(accounts));
  return { accounts, ...(await messageOf<Started>(child)), ...controls(child) };
}

/** Starts a bare Fastify with a text for each path. */
export async function startBareServer(
  texts: Readonly<Record<string, string>>,
): Promise<MeasuredServer> {
  const child = start('bare');
  child.send(texts);
  return { ...(await messageOf<Started>(child)), ...controls(child) };
}

const [, , role, accounts] = process.argv;
if (import.meta.main && role === 'accounts') await serveAccounts(Number(accounts));
if (import.meta.main && role === 'bare') await serveBare();
