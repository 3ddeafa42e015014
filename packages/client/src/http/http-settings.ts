import { readFile } from 'node:fs/promises';
import type { HttpTls } from './http-message.ts';

/** The part of the configuration that is read here. */
export interface HttpConfig {
  getString(section: string, key: string): string | undefined;
  getInt(section: string, key: string, defaultValue: number): number;
  getBool(section: string, key: string, defaultValue: boolean): boolean;
}

/** What the `[sip]` section says about every HTTP request; spread it into an `HttpRequest`. */
export interface HttpSettings {
  readonly httpsOnly: boolean;
  readonly connectTimeoutMs: number;
  readonly tls: HttpTls;
}

/**
 * Reads `[sip]` `https_only`, `transport_timeout`, `root_ca`, `verify_server_certs`,
 * `verify_server_cn`, `client_cert_chain` and `client_cert_key` (provisioning-client.md §2.1). Files
 * that cannot be read count as not set: the system's certificates are then trusted.
 */
export async function readHttpSettings(config: HttpConfig): Promise<HttpSettings> {
  const [ca, cert, key] = await Promise.all(
    ['root_ca', 'client_cert_chain', 'client_cert_key'].map(async (name) =>
      readText(config.getString('sip', name)),
    ),
  );
  const timeoutMs = config.getInt('sip', 'transport_timeout', 15_000);
  return {
    httpsOnly: config.getBool('sip', 'https_only', false),
    connectTimeoutMs: timeoutMs > 0 ? timeoutMs : 15_000,
    tls: {
      ca,
      verify: config.getBool('sip', 'verify_server_certs', true),
      verifyName: config.getBool('sip', 'verify_server_cn', true),
      ...(cert !== undefined && key !== undefined ? { cert, key } : {}),
    },
  };
}

async function readText(path: string | undefined): Promise<string | undefined> {
  return path === undefined ? undefined : readFile(path, 'utf8').catch(() => undefined);
}
