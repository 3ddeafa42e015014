import { readFile } from 'node:fs/promises';
import { createTransportLayer, type SocketTransportLayer, TransactionLayer } from '@dialtone/sip';
import { type BindingStore, createRegistrar, MemoryBindingStore } from '@dialtone/sip/registrar';
import type { Config } from '../config/env.ts';
import { StartError } from '../errors/start-error.ts';
import type { Platform } from '../platform.ts';
import type { RegistrarPorts } from '../provisioning/registrar-address.ts';
import { accountCredentials } from './account-credentials.ts';

type UpgradeServer = Parameters<SocketTransportLayer['acceptWebSockets']>[0];

/** The embedded registrar with its listeners open. */
export interface RunningRegistrar {
  /** `sip:host:port` of UDP and TCP. */
  readonly url: string;
  readonly ports: RegistrarPorts;
  /** Who is registered, by address-of-record (`user@domain`). */
  readonly bindings: BindingStore;
  /** Takes SIP over WebSocket at `/sip` of the HTTP server. */
  acceptWebSockets(server: UpgradeServer): void;
  /** May be called twice. */
  close(): Promise<void>;
}

/** How often bindings of phones that went away are forgotten. */
const PRUNE_INTERVAL_MS = 60_000;

const DEFAULT_EXPIRES_SECONDS = 3600;
const MAX_CONTACTS = 10;

/**
 * Starts the registrar over the accounts database on UDP, TCP and, with a certificate, TLS.
 * @throws StartError when a port is taken or the certificate cannot be read
 */
export async function startRegistrar(
  platform: Pick<Platform, 'db' | 'clock' | 'random' | 'log' | 'config'>,
): Promise<RunningRegistrar> {
  const { clock, random, log } = platform;
  const { sip } = platform.config;
  const bindings = new MemoryBindingStore();
  const transactions = new TransactionLayer({
    clock,
    onRequest: createRegistrar({
      clock,
      random,
      bindings,
      credentials: accountCredentials(platform),
      policy: {
        minExpires: sip.minExpiresSeconds,
        maxExpires: sip.maxExpiresSeconds,
        defaultExpires: Math.min(DEFAULT_EXPIRES_SECONDS, sip.maxExpiresSeconds),
        maxContacts: MAX_CONTACTS,
      },
      onError: (error) => log.error({ err: error }, 'registration failed'),
    }),
  });
  const transport = createTransportLayer({ clock, random, listener: transactions });
  const pruning = setInterval(() => bindings.prune(clock.now()), PRUNE_INTERVAL_MS).unref();
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    clearInterval(pruning);
    transactions.close();
    return (closing ??= transport.close());
  };
  try {
    const ports = await listen(transport, sip);
    return {
      url: `sip:${sip.host.includes(':') ? `[${sip.host}]` : sip.host}:${ports.tcp}`,
      ports,
      bindings,
      acceptWebSockets: (server) => {
        transport.acceptWebSockets(server);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error instanceof StartError ? error : explain(error);
  }
}

/** UDP and TCP get the same port number, also when the system chooses it. */
async function listen(
  transport: SocketTransportLayer,
  { host, port, tls }: Config['sip'],
): Promise<RegistrarPorts> {
  const tcp = await transport.listen({ protocol: 'tcp', host, port });
  await transport.listen({ protocol: 'udp', host, port: tcp.port });
  if (tls === undefined) return { tcp: tcp.port, tls: undefined };
  const certificate = { certPem: await read(tls.certificateFile), keyPem: await read(tls.keyFile) };
  const secure = await transport.listen({ protocol: 'tls', host, port: tls.port, certificate });
  return { tcp: tcp.port, tls: secure.port };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new StartError(
      'certificate-unreadable',
      `Cannot read ${file}. Check DIALTONE_SIP_TLS_CERTIFICATE and DIALTONE_SIP_TLS_KEY.`,
      { cause: error },
    );
  }
}

/** Why a listener could not be opened, by the code of the system. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has that port, perhaps a Dialtone that runs already',
  EACCES: 'this user may not open it',
  EADDRNOTAVAIL: 'no address of this machine',
  ENOTFOUND: 'no address of this machine',
};

function explain(error: unknown): StartError {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  if (typeof code === 'string' && code.startsWith('ERR_')) {
    return new StartError(
      'certificate-unreadable',
      `The registrar cannot use its certificate (${code}). DIALTONE_SIP_TLS_CERTIFICATE and DIALTONE_SIP_TLS_KEY must be PEM files that belong together.`,
      { cause: error },
    );
  }
  const reason = typeof code === 'string' ? ` (${REASONS[code] ?? code})` : '';
  return new StartError(
    'address-in-use',
    `The registrar cannot start: ${message}${reason}. Stop the other SIP server, choose another port or address with --sip-port and --sip-host, or switch the registrar off with --no-registrar.`,
    { cause: error },
  );
}
